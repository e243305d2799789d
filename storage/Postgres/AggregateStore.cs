using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Core;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <param name="saved">Runs after each save, and is told whether it revoked something.</param>
internal sealed partial class AggregateStore<TId, TState>(
    NpgsqlDataSource database, RowForm<TId, TState> form, Action<bool> saved, ILogger log) : IAggregateStore<TId, TState>
    where TId : struct
    where TState : class, IAggregate<TState>
{
    private readonly SaveStatements statements = new(form.Tables);
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
        // Without an entry there would be nothing to count, and no change is without one.
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count);
        stop.ThrowIfCancellationRequested();
        try
        {
            var id = form.IdOf(next);
            var old = expected == VersionToken.None ? null : known.At(id, expected) ?? await ReadAt(id, expected, stop);
            if (old is null && expected != VersionToken.None)
                return SaveResult.Conflict;

            var version = new VersionToken(expected.Value + 1);
            var revoked = form.Revoked(old, next);
            if (!await TryWrite(id, form.Between(old, next, version.Value), revoked, expected, entries, stop))
                return SaveResult.Conflict;
            known.Remember(id, new Stored<TState>(next, version));
            saved(revoked.Count > 0);
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
        command.Parameters.Add(Parameters.Text(after?.ToString()));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var ids = new List<TId>();
        while (await rows.ReadAsync(stop))
            ids.Add(form.ParseId(rows.GetString(0)));
        return ids;
    });

    private async Task<Stored<TState>?> Read(TId id, CancellationToken stop) =>
        known.Latest(id) is { } from && await ReadSince(from, id, stop) is { } read ? read : await ReadSince(null, id, stop);

    /// <summary>Null when there is none, or when the database does not go on from there: rows that are gone leave no trace, and
    /// a database that was restored is another one.</summary>
    private async Task<Stored<TState>?> ReadSince(Stored<TState>? from, TId id, CancellationToken stop)
    {
        await using var command = database.CreateCommand(form.Tables.Load);
        command.Parameters.Add(Parameters.Text(id.ToString()));
        command.Parameters.Add(Parameters.Text(form.ChainOf(id)));
        command.Parameters.Add(Parameters.Number(from?.Version.Value ?? -1));
        await using var rows = await command.ExecuteReaderAsync(stop);
        if (!await rows.ReadAsync(stop))
            return null;
        var read = new Stored<TState>(State(from?.State, id, rows.GetString(1)), new VersionToken(rows.GetInt64(0)));
        return from is null || read.Version >= from.Version && form.Children(read.State) == rows.GetInt64(2) ? read : null;
    }

    /// <summary>The rows are JSON, and the database asks no more of them; the rest is checked here.</summary>
    private TState State(TState? from, TId id, string row)
    {
        try
        {
            return form.Read(from, row);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or OverflowException)
        {
            throw StoreDamagedException.State(form.ChainOf(id), e);
        }
    }

    /// <summary>Null when the database has another version.</summary>
    private async Task<TState?> ReadAt(TId id, VersionToken version, CancellationToken stop) =>
        await Read(id, stop) is { } stored && stored.Version == version ? stored.State : null;

    /// <summary>One statement, one transaction: dying in here leaves everything or nothing, and nobody has been told.</summary>
    /// <returns>Whether the expected version was there.</returns>
    private async Task<bool> TryWrite(
        TId id,
        RowChange change,
        IReadOnlyList<Revocation> revoked,
        VersionToken expected,
        IReadOnlyList<AuditEntry> entries,
        CancellationToken stop)
    {
        var parts = change.Parts
            | (revoked.Count == 0 ? 0 : SaveParts.Revoke)
            | (expected == VersionToken.None ? 0 : SaveParts.Update)
            | (entries.Count == 1 ? 0 : SaveParts.ManyEntries);
        await using var command = database.CreateCommand(statements.Of(parts));
        command.Parameters.Add(Parameters.Json(change.Json));
        command.Parameters.Add(Parameters.Text(id.ToString()));
        command.Parameters.Add(Parameters.Number(expected.Value));
        command.Parameters.Add(Parameters.Text(form.ChainOf(id)));
        if (entries.Count == 1)
            AuditStatements.AddOne(command.Parameters, entries[0]);
        else
            AuditStatements.AddMany(command.Parameters, entries);
        if (revoked.Count > 0)
            RevocationStatements.Add(command.Parameters, revoked, entries[0].Time);
        return await command.ExecuteNonQueryAsync(stop) == entries.Count;
    }

    [LoggerMessage(LogLevel.Error, "A change could not be saved, or its answer was lost.")]
    private static partial void LogUnavailable(ILogger log, Exception e);
}
