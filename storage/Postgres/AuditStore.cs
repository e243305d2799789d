using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
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
        var end = long.MaxValue;
        if (page.Cursor is { } cursor && !cursors.TryParse(cursor, out end))
            return Refusal.Invalid("cursor", "cursor", "cursor must be the next_cursor of a page of the audit log.");

        return await Faults.Read<Result<Page<AuditEntry>>>(async () =>
        {
            await using var context = await contexts.CreateDbContextAsync(stop);

            // One more than asked for tells whether there is a next page.
            var found = await Before(end, query, context.Entries)
                .Take(page.Limit + 1)
                .Select(row => new { Row = row, Position = EF.Property<long>(row, AuditContext.Position) })
                .ToListAsync(stop);
            var shown = found.Take(page.Limit).ToList();
            return new Page<AuditEntry>(
                [.. shown.Select(match => match.Row.ToEntry())],
                found.Count > shown.Count ? cursors.Write(shown[^1].Position) : null);
        });
    }

    public async IAsyncEnumerable<string> Chains([EnumeratorCancellation] CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        await foreach (var chain in Faults.Read(context.Database.SqlQueryRaw<string>(ChainsSql).AsAsyncEnumerable(), stop))
            yield return chain;
    }

    public async IAsyncEnumerable<AuditEntry> Read(
        string chain, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = context.Entries.Where(row => row.Chain == chain).OrderBy(row => row.Seq).AsAsyncEnumerable();
        await foreach (var row in Faults.Read(rows, stop))
            yield return row.ToEntry();
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

    /// <summary>What <see cref="Core.Audit.AuditFilter"/> says, below a position, newest first.</summary>
    internal static IQueryable<AuditRow> Before(long position, AuditQuery query, IQueryable<AuditRow> rows)
    {
        rows = rows.Where(row => EF.Property<long>(row, AuditContext.Position) < position);
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
