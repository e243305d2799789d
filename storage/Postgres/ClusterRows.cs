using Npgsql;
using Tumbler.Core.Cluster;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

internal sealed class ClusterRows(NpgsqlDataSource database, Guid store) : IClusterRows
{
    /// <summary>The last of them: silos with a new name at each start must not make the row grow.</summary>
    private const string ServingSql = """
        UPDATE cluster SET
            seen_at = now(),
            serving = CASE WHEN $2 = ANY (serving) THEN serving ELSE (serving || $2)[greatest(1, cardinality(serving) - 98):] END
        WHERE generation = $1 AND (seen_at < now() - interval '1 second' OR $2 <> ALL (serving))
        """;

    public Guid Store => store;

    public async ValueTask<ClusterRow?> Load(CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var command = database.CreateCommand("SELECT id, generation, now() - seen_at, serving FROM cluster");
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop)
            ? new ClusterRow(row.GetString(0), row.GetGuid(1), row.GetTimeSpan(2), row.GetFieldValue<string[]>(3))
            : null;
    });

    public ValueTask Found(string id, Guid generation, CancellationToken stop) => Execute(
        "INSERT INTO cluster (id, generation) VALUES ($1, $2) ON CONFLICT DO NOTHING", stop, Parameters.Text(id), Uuid(generation));

    public ValueTask Succeed(Guid old, Guid next, CancellationToken stop) => Execute(
        "UPDATE cluster SET generation = $2, seen_at = now(), serving = '{}' WHERE generation = $1", stop, Uuid(old), Uuid(next));

    public ValueTask Serving(Guid generation, string silo, CancellationToken stop) =>
        Execute(ServingSql, stop, Uuid(generation), Parameters.Text(silo));

    private async ValueTask Execute(string sql, CancellationToken stop, params NpgsqlParameter[] parameters) => await Faults.Read(async () =>
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(stop);
    });

    private static NpgsqlParameter<Guid> Uuid(Guid value) => new() { TypedValue = value };
}
