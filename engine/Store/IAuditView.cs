using Tumbler.Core.Audit;

namespace Tumbler.Engine.Store;

/// <summary>The audit log at one moment, streamed: nothing in here is read as a whole. Every member throws
/// <see cref="StoreUnavailableException"/> when the store goes away; one at a time may be enumerated of each.</summary>
public interface IAuditView : IAsyncDisposable
{
    /// <summary>Every chain that an owner, the last checkpoint or an anchor knows, in ordinal order.</summary>
    IAsyncEnumerable<ChainEnds> Chains(CancellationToken stop);

    /// <summary>Every entry, by chain in ordinal order, then by number.</summary>
    /// <param name="chain">Of this one only; null: of all.</param>
    IAsyncEnumerable<StoredAuditEntry> Entries(string? chain, CancellationToken stop);

    /// <summary>The hash that the entry has stored, or null when there is no such entry.</summary>
    ValueTask<string?> HashOf(string chain, long seq, CancellationToken stop);

    /// <summary>In the order of their stored numbers.</summary>
    IAsyncEnumerable<StoredCheckpoint> Checkpoints(CancellationToken stop);

    ValueTask<StoredCheckpoint?> LastCheckpoint(CancellationToken stop);

    /// <summary>The notes over the anchors, one for each pruning, in the order of their stored numbers.</summary>
    IAsyncEnumerable<StoredCheckpoint> AnchorNotes(CancellationToken stop);
}
