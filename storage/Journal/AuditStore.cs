using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;
using Tumbler.Storage.Journal.Rows;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

/// <param name="journal">Which journal this is, for life.</param>
internal sealed class AuditStore(JournalState state, CommitQueue queue, Guid journal) : IAuditStore
{
    public ValueTask<Result<Page<AuditEntry>>> Query(AuditQuery query, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        var page = query.Page ?? new PageRequest();
        var (rows, cursors) = state.Audit.Read(() => (state.Audit, new AuditCursor(journal, state.Anchors.Count)));
        var place = new AuditPlace(rows.Count, []);
        if (page.Cursor is { } cursor && !(cursors.TryParse(cursor, out place) && 0 <= place.Position && place.Position < rows.Count))
        {
            return ValueTask.FromResult<Result<Page<AuditEntry>>>(
                Refusal.Invalid("cursor", "cursor", "cursor must be the next_cursor of a page of the audit log."));
        }

        // One more than asked for tells whether there is a next page.
        var found = Before(rows, (int)place.Position, query, stop).Take(page.Limit + 1).ToArray();
        var shown = found.Take(page.Limit).ToArray();
        return ValueTask.FromResult<Result<Page<AuditEntry>>>(new Page<AuditEntry>(
            [.. shown.Select(match => match.Entry)],
            found.Length > shown.Length ? cursors.Write(new AuditPlace(shown[^1].Position, [])) : null));
    }

    public IAsyncEnumerable<string> Chains(CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return state.Audit.Chains.ToAsyncEnumerable();
    }

    public ValueTask<AuditEntry?> Find(string chain, long seq, CancellationToken stop)
    {
        queue.ThrowIfFailed();

        // From the end, because it is asked for what was written just now.
        var rows = state.Audit;
        var row = rows.PositionsOf(chain).Reverse().Select(rows.At).FirstOrDefault(row => row.Seq <= seq);
        return ValueTask.FromResult(row?.Seq == seq ? row.ToEntry() : null);
    }

    public IAsyncEnumerable<AuditEntry> Read(string chain, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        var rows = state.Audit;
        return rows.PositionsOf(chain).ToAsyncEnumerable().Select(position => rows.At(position).ToEntry());
    }

    public ValueTask<IAuditView> View(CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return ValueTask.FromResult<IAuditView>(state.View());
    }

    public async ValueTask<SaveOutcome> AddCheckpoint(Func<IAuditView, ValueTask<StoredCheckpoint?>> make, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        var view = state.View();
        if (await make(view) is not { } next)
            return SaveOutcome.Saved;

        var changed = view.All.Where(ends => ends.Owner is not null && ends.Owner != ends.Signed);
        return await Add(
            "checkpoints",
            new CheckpointRow(next.Number, next.Note, [.. changed.Select(ends => Row(ends.Chain, ends.Owner!))]),
            row => new CommitRow([], Checkpoint: row),
            () => state.Checkpoints,
            state.Put,
            stop);
    }

    /// <summary>Afterwards the entries are still in the file, and in no line that is read: the next opening leaves them out.</summary>
    public async ValueTask<SaveOutcome> Prune(Func<IAuditView, ValueTask<StoredPruning?>> make, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        if (await make(state.View()) is not { } next)
            return SaveOutcome.Saved;
        return await Add(
            "anchors",
            new CheckpointRow(next.Note.Number, next.Note.Note, [.. next.Moved.Select(anchor => Row(anchor.Chain, anchor.Head))]),
            row => new CommitRow([], Pruning: row),
            () => state.Anchors,
            state.Prune,
            stop);
    }

    private async Task<SaveOutcome> Add(
        string series, CheckpointRow row, Func<CheckpointRow, CommitRow> commit, Func<Checkpoints> current, Action<CheckpointRow> publish, CancellationToken stop)
    {
        var saved = await queue.Enqueue(new PendingCommit(
            series,
            JsonSerializer.SerializeToUtf8Bytes(commit(row), RowJson.Default.CommitRow),
            audit: [],
            isCurrent: () => current().Count + 1 == row.Number,
            publish: () => publish(row),
            SaveResult.Saved(VersionToken.None))).WaitAsync(stop);
        return saved.Outcome;
    }

    private static HeadRow Row(string chain, AuditHead head) => new(chain, head.Seq, head.Hash);

    /// <summary>What matches among the first <paramref name="end"/> entries, newest first.</summary>
    private static IEnumerable<(int Position, AuditEntry Entry)> Before(AuditRows rows, int end, AuditQuery query, CancellationToken stop)
    {
        for (var position = end - 1; position >= 0; position--)
        {
            stop.ThrowIfCancellationRequested();
            var entry = rows.At(position).ToEntry();
            if (AuditFilter.Matches(query, entry))
                yield return (position, entry);
        }
    }
}
