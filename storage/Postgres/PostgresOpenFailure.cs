namespace Tumbler.Storage.Postgres;

/// <summary>Why the store does not open. Nothing was changed, unless migrations were applied before.</summary>
/// <param name="Message">For the operator: says which server and database, and never the password.</param>
public sealed record PostgresOpenFailure(string Message);
