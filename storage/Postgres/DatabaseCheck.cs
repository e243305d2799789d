using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tumbler.Storage.Postgres;

/// <summary>Whether the database would take a change now, by a clock that is about ours.</summary>
internal sealed partial class DatabaseCheck(NpgsqlDataSource database, TimeProvider clock, ILogger log)
{
    /// <summary>Nodes that disagree by more would sign with different keys for longer than tokens are tolerant of.</summary>
    private static readonly TimeSpan MostDifference = TimeSpan.FromSeconds(30);

    public async ValueTask<bool> TakesChanges(CancellationToken stop)
    {
        try
        {
            await using var command = database.CreateCommand(
                "SELECT current_setting('transaction_read_only')::boolean, clock_timestamp()");
            var asked = clock.GetUtcNow();
            await using var row = await command.ExecuteReaderAsync(stop);
            await row.ReadAsync(stop);
            var answered = clock.GetUtcNow();
            return IsWritable(row.GetBoolean(0)) && IsAboutNow(row.GetFieldValue<DateTimeOffset>(1), asked, answered);
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            LogAway(log, e);
            return false;
        }
    }

    private bool IsWritable(bool readOnly)
    {
        if (readOnly)
            LogReadOnly(log);
        return !readOnly;
    }

    /// <summary>It was read at some time between question and answer, so only what lies outside is a difference.</summary>
    private bool IsAboutNow(DateTimeOffset theirs, DateTimeOffset asked, DateTimeOffset answered)
    {
        var difference = theirs < asked ? theirs - asked : theirs > answered ? theirs - answered : TimeSpan.Zero;
        if (difference.Duration() <= MostDifference)
            return true;
        LogClocks(log, difference.TotalSeconds);
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL does not answer.")]
    private static partial void LogAway(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Warning, "PostgreSQL takes no changes: it is read-only, perhaps after a failover.")]
    private static partial void LogReadOnly(ILogger log);

    [LoggerMessage(LogLevel.Error, "The database's clock differs from this machine's by {Seconds:F1} s; over 30 s this node is not ready. Set both by NTP.")]
    private static partial void LogClocks(ILogger log, double seconds);
}
