namespace Tumbler.Storage.Postgres;

public sealed record PostgresOptions
{
    /// <summary>Whether opening brings an older schema up to date. That takes the role that owns the tables; false is for
    /// the running service's role, which may not.</summary>
    public required bool Migrate { get; init; }

    /// <summary>How long the server works on one statement. Too short and a busy server looks away; too long and a
    /// request waits for a lock that nobody will release.</summary>
    public required TimeSpan StatementTimeout { get; init; }
}
