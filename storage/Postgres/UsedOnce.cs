using Npgsql;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

internal sealed class UsedOnce(NpgsqlDataSource database) : IUsedOnce
{
    /// <summary>Takes some of what has had its time away in passing: more than it adds, so that none is left over for long. Two
    /// that use the same at the same moment wait for each other, and one row stands.</summary>
    private const string UseSql = """
        WITH gone AS (
            DELETE FROM used_once WHERE hash IN (
                SELECT hash FROM used_once WHERE until <= $3 ORDER BY until LIMIT 4 FOR UPDATE SKIP LOCKED))
        INSERT INTO used_once (hash, until) VALUES ($1, $2) ON CONFLICT DO NOTHING
        """;

    public async ValueTask<bool> TryUse(string hash, DateTimeOffset until, DateTimeOffset now, CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var command = database.CreateCommand(UseSql);
        command.Parameters.Add(Parameters.Text(hash));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await command.ExecuteNonQueryAsync(stop) == 1;
    });
}
