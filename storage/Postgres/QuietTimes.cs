using Npgsql;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <summary>Asks which rings are not quiet. Its cost follows from what it lists, not from how many rings there are: the
/// indexes of migration 0006 hold the answer in its order.</summary>
internal static class QuietTimes
{
    /// <summary>$1 now, $2 and $3 the last ring of the list before, $4 limit. The second half is for clocks that were set back, and
    /// nearly always empty.</summary>
    public const string Sql = """
        SELECT id, quiet_until FROM (
            (SELECT id, quiet_until FROM rings
                WHERE quiet_until <= $1 AND (quiet_until, id) > ($2, $3) ORDER BY quiet_until, id LIMIT $4)
            UNION ALL
            (SELECT id, quiet_until FROM rings
                WHERE quiet_from > $1 AND quiet_until > $1 AND (quiet_until, id) > ($2, $3))
        ) AS unquiet
        ORDER BY quiet_until, id LIMIT $4
        """;

    /// <exception cref="StoreUnavailableException"/>
    public static ValueTask<IReadOnlyList<RingToLookAt>> Over(
        NpgsqlDataSource database, DateTimeOffset now, RingToLookAt? after, int limit, CancellationToken stop) =>
        Faults.Read<IReadOnlyList<RingToLookAt>>(async () =>
        {
            await using var command = database.CreateCommand(Sql);
            command.Parameters.Add(Parameters.Number(now.ToUnixTimeMilliseconds()));
            command.Parameters.Add(Parameters.Number(after?.Since.ToUnixTimeMilliseconds() ?? long.MinValue));
            command.Parameters.Add(Parameters.Text(after?.Ring.Value ?? ""));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            await using var rows = await command.ExecuteReaderAsync(stop);
            var rings = new List<RingToLookAt>();
            while (await rows.ReadAsync(stop))
                rings.Add(new RingToLookAt(RingId.Parse(rows.GetString(0)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1))));
            return rings;
        });
}
