using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tumbler.Storage.Postgres;

/// <summary>Whether the database would take a change now.</summary>
internal sealed partial class DatabaseCheck(NpgsqlDataSource database, ILogger log)
{
    public async ValueTask<bool> TakesChanges(CancellationToken stop)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT current_setting('transaction_read_only')::boolean");
            var isReadOnly = (bool)(await command.ExecuteScalarAsync(stop))!;
            if (isReadOnly)
                LogReadOnly(log);
            return !isReadOnly;
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            LogAway(log, e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL does not answer.")]
    private static partial void LogAway(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Warning, "PostgreSQL takes no changes: it is read-only, perhaps after a failover.")]
    private static partial void LogReadOnly(ILogger log);
}
