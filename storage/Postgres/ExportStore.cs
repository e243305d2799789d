using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Tumbler.Contracts.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

internal sealed partial class ExportStore(NpgsqlDataSource database, ILogger log) : IExportStore
{
    private const string SaveSql = """
        INSERT INTO exports (id, requested_at, body) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET body = excluded.body
        """;

    public async ValueTask<SaveOutcome> Save(AuditExport export, CancellationToken stop)
    {
        try
        {
            await using var command = database.CreateCommand(SaveSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = export.Id });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = export.RequestedAt });
            command.Parameters.Add(new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlDbType.Jsonb,
                Value = JsonSerializer.Serialize(ExportRow.Of(export), RowJson.Default.ExportRow),
            });
            await command.ExecuteNonQueryAsync(stop);
            return SaveOutcome.Saved;
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            LogUnavailable(log, e);
            return SaveOutcome.Unavailable;
        }
    }

    public async ValueTask<AuditExport?> Load(Guid id, CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var command = database.CreateCommand("SELECT body::text FROM exports WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteScalarAsync(stop) is string body ? Parse(body) : null;
    });

    public async ValueTask<IReadOnlyList<AuditExport>> List(
        (DateTimeOffset RequestedAt, Guid Id)? before, int limit, CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var command = database.CreateCommand($"""
            SELECT body::text FROM exports {(before is null ? "" : "WHERE (requested_at, id) < ($2, $3)")}
            ORDER BY requested_at DESC, id DESC LIMIT $1
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        if (before is { } last)
        {
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = last.RequestedAt });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = last.Id });
        }

        await using var rows = await command.ExecuteReaderAsync(stop);
        var page = new List<AuditExport>();
        while (await rows.ReadAsync(stop))
            page.Add(Parse(rows.GetString(0)));
        return page;
    });

    private static AuditExport Parse(string body) => JsonSerializer.Deserialize(body, RowJson.Default.ExportRow)!.ToExport();

    [LoggerMessage(LogLevel.Error, "The state of an export could not be saved, or its answer was lost.")]
    private static partial void LogUnavailable(ILogger log, Exception e);
}
