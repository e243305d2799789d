using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Tumbler.Contracts.Audit;
using Tumbler.Core;
using Tumbler.Engine.Store;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

internal sealed partial class AggregateStore<TId, TState>(
    NpgsqlDataSource database, RowForm<TId, TState> form, ILogger log) : IAggregateStore<TId, TState>
    where TId : struct
    where TState : class, IAggregate<TState>
{
    private readonly KnownStates<TId, TState> known = new();

    public async ValueTask<Stored<TState>?> Load(TId id, CancellationToken stop)
    {
        var stored = await Faults.Read(() => Read(id, stop));
        if (stored is not null)
            known.Remember(id, stored);
        return stored;
    }

    public async ValueTask<SaveResult> Save(
        TState next, VersionToken expected, IReadOnlyList<AuditEntry> entries, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            var id = form.IdOf(next);
            var old = expected == VersionToken.None ? null : known.At(id, expected) ?? await ReadAt(id, expected, stop);
            if (old is null && expected != VersionToken.None)
                return SaveResult.Conflict;

            var version = new VersionToken(expected.Value + 1);
            await Write(id, form.Between(old, next, version.Value), expected, entries, stop);
            known.Remember(id, new Stored<TState>(next, version));
            return SaveResult.Saved(version);
        }
        catch (PostgresException e) when (Faults.IsConflict(e))
        {
            return SaveResult.Conflict;
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            LogUnavailable(log, e);
            return SaveResult.Unavailable;
        }
    }

    public async ValueTask<IReadOnlyList<TId>> List(TId? after, int limit, CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var command = database.CreateCommand(form.Tables.List);
        command.Parameters.Add(Text(after?.ToString()));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var ids = new List<TId>();
        while (await rows.ReadAsync(stop))
            ids.Add(form.ParseId(rows.GetString(0)));
        return ids;
    });

    private async Task<Stored<TState>?> Read(TId id, CancellationToken stop)
    {
        await using var command = database.CreateCommand(form.Tables.Load);
        command.Parameters.Add(Text(id.ToString()));
        command.Parameters.Add(Text(form.ChainOf(id)));
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? new Stored<TState>(form.Read(rows.GetString(1)), new VersionToken(rows.GetInt64(0)))
            : null;
    }

    /// <summary>Null when the database has another version.</summary>
    private async Task<TState?> ReadAt(TId id, VersionToken version, CancellationToken stop) =>
        await Read(id, stop) is { } stored && stored.Version == version ? stored.State : null;

    /// <summary>One round trip, one transaction: the server takes a batch as a whole, and what fails undoes all of it.
    /// Dying in here leaves everything or nothing, and nobody has been told.</summary>
    private async Task Write(
        TId id, RowChange change, VersionToken expected, IReadOnlyList<AuditEntry> entries, CancellationToken stop)
    {
        await using var batch = database.CreateBatch();
        var tables = form.Tables;
        var (name, chain, row) = (Text(id.ToString()), Text(form.ChainOf(id)), Json(change.Json));
        if (expected == VersionToken.None)
            Add(batch, tables.Insert, row);
        else
            Add(batch, tables.Update, row, name, new NpgsqlParameter<long> { TypedValue = expected.Value });
        if (change.RemovesChildren)
            Add(batch, tables.RemoveChildren, row, name);
        if (change.SetsChildren)
            Add(batch, tables.SetChildren, row, name);
        if (change.RemovesReceipts)
            Add(batch, tables.RemoveReceipts, row, chain);
        if (change.SetsReceipts)
            Add(batch, tables.SetReceipts, row, chain);
        AuditRow[] audit = [.. entries.Select(AuditRow.Of)];
        Add(batch, tables.AppendAudit, Json(JsonSerializer.Serialize(audit, RowJson.Default.AuditRowArray)));
        await batch.ExecuteNonQueryAsync(stop);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter.Clone());
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter Json(string json) => new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = json };

    [LoggerMessage(LogLevel.Error, "A change could not be saved, or its answer was lost.")]
    private static partial void LogUnavailable(ILogger log, Exception e);
}
