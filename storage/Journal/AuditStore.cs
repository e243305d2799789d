using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Journal;

internal sealed class AuditStore(AuditRows rows, CommitQueue queue, AuditCursor cursors) : IAuditStore
{
    public ValueTask<Result<Page<AuditEntry>>> Query(AuditQuery query, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        var page = query.Page ?? new PageRequest();
        var place = new AuditPlace(rows.Count, []);
        if (page.Cursor is { } cursor && !(cursors.TryParse(cursor, out place) && 0 <= place.Position && place.Position < rows.Count))
        {
            return ValueTask.FromResult<Result<Page<AuditEntry>>>(
                Refusal.Invalid("cursor", "cursor", "cursor must be the next_cursor of a page of the audit log."));
        }

        // One more than asked for tells whether there is a next page.
        var found = Before((int)place.Position, query, stop).Take(page.Limit + 1).ToArray();
        var shown = found.Take(page.Limit).ToArray();
        return ValueTask.FromResult<Result<Page<AuditEntry>>>(new Page<AuditEntry>(
            [.. shown.Select(match => match.Entry)],
            found.Length > shown.Length ? cursors.Write(new AuditPlace(shown[^1].Position, [])) : null));
    }

    public IAsyncEnumerable<string> Chains(CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return rows.Chains.ToAsyncEnumerable();
    }

    public ValueTask<AuditEntry?> Find(string chain, long seq, CancellationToken stop)
    {
        queue.ThrowIfFailed();

        // From the end, because it is asked for what was written just now.
        var row = rows.PositionsOf(chain).Reverse().Select(rows.At).FirstOrDefault(row => row.Seq <= seq);
        return ValueTask.FromResult(row?.Seq == seq ? row.ToEntry() : null);
    }

    public IAsyncEnumerable<AuditEntry> Read(string chain, CancellationToken stop)
    {
        queue.ThrowIfFailed();
        return rows.PositionsOf(chain).ToAsyncEnumerable().Select(position => rows.At(position).ToEntry());
    }

    /// <summary>What matches among the first <paramref name="end"/> entries, newest first.</summary>
    private IEnumerable<(int Position, AuditEntry Entry)> Before(int end, AuditQuery query, CancellationToken stop)
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
