namespace Tumbler.Storage.Postgres;

/// <summary>Why the store does not open. Nothing was changed, unless migrations were applied before.</summary>
/// <param name="Message">For the operator: says which server and database, and never the password.</param>
public sealed record PostgresOpenFailure(string Message)
{
    /// <summary>Whether it may open later without anybody doing anything about it: the server is away, starting or full.</summary>
    public bool MayPass { get; init; }
}
