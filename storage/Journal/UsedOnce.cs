using System.Text.Json;
using Tumbler.Engine.Store;
using Tumbler.Storage.Journal.Rows;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Journal;

internal sealed class UsedOnce(UsedOnceRows used, CommitQueue queue) : IUsedOnce
{
    public async ValueTask<bool> TryUse(string hash, DateTimeOffset until, DateTimeOffset now, CancellationToken stop)
    {
        var row = new UsedOnceRow(hash, until, now);

        // Of two of one name in one line the queue takes the first. Whoever waits no longer has used it all the same.
        var saved = await queue.Enqueue(new PendingCommit(
            $"once:{hash}",
            JsonSerializer.SerializeToUtf8Bytes(new CommitRow([], UsedOnce: row), RowJson.Default.CommitRow),
            audit: [],
            isCurrent: () => !used.Has(hash),
            publish: () => used.Put(row),
            SaveResult.Saved(VersionToken.None))).WaitAsync(stop);
        return saved.Outcome switch
        {
            SaveOutcome.Saved => true,
            SaveOutcome.Conflict => false,
            _ => throw new StoreUnavailableException("The journal can't be written."),
        };
    }
}
