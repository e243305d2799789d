using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Audit;

internal sealed class TamperedView(TamperedAudit hands, IAuditView view) : IAuditView
{
    public IAsyncEnumerable<ChainEnds> Chains(CancellationToken stop) =>
        view.Chains(stop).Select(hands.Ends).OfType<ChainEnds>();

    public IAsyncEnumerable<StoredAuditEntry> Entries(string? chain, CancellationToken stop)
    {
        var before = view.Entries(chain, stop).Where(entry => string.CompareOrdinal(entry.Chain, hands.Victim) < 0);
        var after = view.Entries(chain, stop).Where(entry => string.CompareOrdinal(entry.Chain, hands.Victim) > 0);
        return before.Concat(Tampered(chain, stop)).Concat(after);
    }

    public async ValueTask<string?> HashOf(string chain, long seq, CancellationToken stop) =>
        (await Entries(chain, stop).FirstOrDefaultAsync(entry => entry.Seq == seq, stop))?.Entry?.Hash;

    public IAsyncEnumerable<StoredCheckpoint> Checkpoints(CancellationToken stop) =>
        view.Checkpoints(stop).Select(hands.Checkpoint).OfType<StoredCheckpoint>();

    public async ValueTask<StoredCheckpoint?> LastCheckpoint(CancellationToken stop) => await Checkpoints(stop).LastOrDefaultAsync(stop);

    public IAsyncEnumerable<StoredCheckpoint> AnchorNotes(CancellationToken stop) =>
        view.AnchorNotes(stop).Select(hands.AnchorNote).OfType<StoredCheckpoint>();

    public ValueTask DisposeAsync() => view.DisposeAsync();

    private async IAsyncEnumerable<StoredAuditEntry> Tampered(
        string? chain, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var entries = await view.Entries(chain, stop).Where(entry => entry.Chain == hands.Victim).Select(entry => entry.Entry!).ToListAsync(stop);
        foreach (var entry in entries.Count > 0 ? hands.Entries([.. entries]) : [])
            yield return new StoredAuditEntry(entry.Chain, entry.Seq, entry);
    }
}
