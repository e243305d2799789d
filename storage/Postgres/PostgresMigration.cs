using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Storage.Postgres;

/// <summary>What bringing a schema up to date did.</summary>
/// <param name="From">The version that was found; 0 is an empty database.</param>
public sealed record PostgresMigration(int From, int To)
{
    /// <inheritdoc cref="PostgresStore.TryOpen"/>
    public static bool TryRun(
        string connectionString,
        PostgresOptions options,
        [NotNullWhen(true)] out PostgresMigration? report,
        [NotNullWhen(false)] out PostgresOpenFailure? failure)
    {
        report = null;
        if (!Connections.TryCreate(connectionString, options, out var database, out var problem))
        {
            failure = new PostgresOpenFailure(problem);
            return false;
        }

        using (database)
            failure = PostgresOpening.Migrate(database, options, out report);
        return failure is null;
    }
}
