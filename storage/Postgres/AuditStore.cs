using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

internal sealed partial class AuditStore(
    NpgsqlDataSource database, PooledDbContextFactory<AuditContext> contexts, AuditCursor cursors, ILogger log) : IAuditStore
{
    /// <summary>Hops through the key from chain to chain; a DISTINCT would read every entry.</summary>
    private const string ChainsSql = """
        WITH RECURSIVE found (chain) AS (
            (SELECT chain FROM audit_entries ORDER BY chain LIMIT 1)
            UNION ALL
            SELECT (SELECT chain FROM audit_entries WHERE chain > found.chain ORDER BY chain LIMIT 1)
            FROM found WHERE found.chain IS NOT NULL)
        SELECT chain AS "Value" FROM found WHERE chain IS NOT NULL
        """;

    public async ValueTask<Result<Page<AuditEntry>>> Query(AuditQuery query, CancellationToken stop)
    {
        var page = query.Page ?? new PageRequest();
        var after = AuditPlace.Start;
        if (page.Cursor is { } cursor && !cursors.TryParse(cursor, out after))
            return Refusal.Invalid("cursor", "cursor", "cursor must be the next_cursor of a page of the audit log.");

        return await Faults.Read<Result<Page<AuditEntry>>>(async () =>
        {
            await using var context = await contexts.CreateDbContextAsync(stop);

            // One state of the log: which transactions were under way is asked of the one that the first page shows.
            await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
            var underWay = page.Cursor is null ? await UnderWay(context, stop) : after.UnderWay;

            // One more than asked for tells whether there is a next page.
            var found = await Rows(context, Before(after, query, context.Entries).Take(page.Limit + 1), stop).ToListAsync(stop);
            var shown = found.Take(page.Limit).ToList();
            if (shown.FirstOrDefault(row => row.Entry.Entry is null) is { Entry: { } damaged })
                return new Refusal(ErrorCode.Damaged, StoreDamagedException.Entry(damaged.Chain, damaged.Seq).Message);
            return new Page<AuditEntry>(
                [.. shown.Select(row => row.Entry.Entry!)],
                found.Count > shown.Count ? cursors.Write(new AuditPlace(shown[^1].Position, underWay)) : null);
        });
    }

    public async IAsyncEnumerable<string> Chains([EnumeratorCancellation] CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        await foreach (var chain in Faults.Read(context.Database.SqlQueryRaw<string>(ChainsSql).AsAsyncEnumerable(), stop))
            yield return chain;
    }

    public async ValueTask<AuditEntry?> Find(string chain, long seq, CancellationToken stop) => await Faults.Read(async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        return (await context.Entries.FirstOrDefaultAsync(row => row.Chain == chain && row.Seq == seq, stop))?.ToEntry();
    });

    public async IAsyncEnumerable<AuditEntry> Read(
        string chain, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = Rows(context, context.Entries.Where(row => row.Chain == chain).OrderBy(row => row.Seq), stop);
        await foreach (var (row, _) in Faults.Read(rows, stop))
            yield return row.Entry ?? throw StoreDamagedException.Entry(row.Chain, row.Seq);
    }

    public async ValueTask<IAuditView> View(CancellationToken stop) => await AuditView.Open(database, stop);

    public async ValueTask<SaveOutcome> AddCheckpoint(Func<IAuditView, ValueTask<StoredCheckpoint?>> make, CancellationToken stop)
    {
        await using var view = await AuditView.Open(database, stop);
        return await make(view) is { } next ? await Keep(() => view.Add(next, stop)) : SaveOutcome.Saved;
    }

    public async ValueTask<SaveOutcome> Prune(Func<IAuditView, ValueTask<StoredPruning?>> make, CancellationToken stop)
    {
        await using var view = await AuditView.Open(database, stop);
        if (!await Faults.Read(() => view.BeginPruning(stop)))
            throw new StoreUnavailableException("The database's user may not prune the audit log; that takes the role that owns the tables.");
        return await make(view) is { } next ? await Keep(() => view.Prune(next, stop)) : SaveOutcome.Saved;
    }

    private async ValueTask<SaveOutcome> Keep(Func<Task> keep)
    {
        try
        {
            await keep();
            return SaveOutcome.Saved;
        }
        catch (PostgresException e) when (Faults.IsConflict(e))
        {
            return SaveOutcome.Conflict;
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            LogUnavailable(log, e);
            return SaveOutcome.Unavailable;
        }
    }

    /// <summary>The ids of transactions that may still write below what the next statement sees. They fit into 32 bits as
    /// rows have them: they come again after four billion transactions, when no cursor is left.</summary>
    private static async Task<uint[]> UnderWay(AuditContext context, CancellationToken stop)
    {
        var ids = context.Database.SqlQueryRaw<string>("""SELECT pg_snapshot_xip(pg_current_snapshot())::text AS "Value" """);
        return [.. (await ids.ToListAsync(stop)).Select(id => (uint)ulong.Parse(id, CultureInfo.InvariantCulture))];
    }

    /// <summary>Read by hand: what a framework can't make an entry of, it throws away with the rest of the page.</summary>
    private static async IAsyncEnumerable<(StoredAuditEntry Entry, long Position)> Rows(
        AuditContext context, IQueryable<AuditRow> query, [EnumeratorCancellation] CancellationToken stop)
    {
        await context.Database.OpenConnectionAsync(stop);
        await using var command = (NpgsqlCommand)query.Select(row => new
        {
            row.Chain, row.Seq, row.Time, row.Org, row.ActorType, row.ActorId, row.Action, row.ResourceType, row.ResourceId, row.Status,
            row.RequestId, row.Source, row.Details, row.PrevHash, row.Hash, row.Mac, Position = EF.Property<long>(row, AuditContext.Position),
        }).CreateDbCommand();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            yield return (StoredEntries.Read(rows), rows.GetInt64(16));
    }

    /// <summary>What <see cref="AuditFilter"/> says, newest first, from a place on. A transaction that began after
    /// the first page was read takes a higher position than all that were on it; one that was under way may have a lower one.</summary>
    internal static IQueryable<AuditRow> Before(AuditPlace place, AuditQuery query, IQueryable<AuditRow> rows)
    {
        rows = rows.Where(row => EF.Property<long>(row, AuditContext.Position) < place.Position);
        if (place.UnderWay.Length > 0)
            rows = rows.Where(row => !place.UnderWay.Contains(EF.Property<uint>(row, AuditContext.Transaction)));
        if (query.Org?.Value is { } org)
            rows = rows.Where(row => row.Org == org);
        if (query.Action is { } action)
            rows = rows.Where(row => row.Action == action);
        if (query.ResourceType is { } type)
            rows = rows.Where(row => row.ResourceType == type);
        if (query.ResourceId is { } id)
            rows = rows.Where(row => row.ResourceId == id);
        if (query.Actor is { } actor)
            rows = rows.Where(row => row.ActorId == actor);
        if (query.Status is { } status)
            rows = rows.Where(row => row.Status == status);
        if (WholeMilliseconds(query.From) is { } from)
            rows = rows.Where(row => row.Time >= from);
        if (WholeMilliseconds(query.Until) is { } until)
            rows = rows.Where(row => row.Time < until);
        return rows.OrderByDescending(row => EF.Property<long>(row, AuditContext.Position));
    }

    /// <summary>Rounded up. Entries have whole milliseconds, so it makes no difference to any of them; the database would
    /// cut off what it has no room for, and that would.</summary>
    private static DateTimeOffset? WholeMilliseconds(DateTimeOffset? instant)
    {
        if (instant?.UtcTicks is not { } ticks)
            return null;
        var ceiling = ticks + TimeSpan.TicksPerMillisecond - 1;
        ceiling -= ceiling % TimeSpan.TicksPerMillisecond;
        return ceiling > DateTimeOffset.MaxValue.UtcTicks ? DateTimeOffset.MaxValue : new DateTimeOffset(ceiling, TimeSpan.Zero);
    }

    [LoggerMessage(LogLevel.Error, "A checkpoint or a pruning could not be saved, or its answer was lost.")]
    private static partial void LogUnavailable(ILogger log, Exception e);
}
