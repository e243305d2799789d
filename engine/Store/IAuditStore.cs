using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Engine.Store;

/// <summary>The audit entries that <see cref="IAggregateStore{TId,TState}.Save"/> wrote, and the checkpoints over them.</summary>
public interface IAuditStore
{
    /// <summary>Newest first. Entries written while somebody pages appear on no later page. A cursor that this store
    /// did not make is refused as invalid input, field <c>cursor</c>; a page with a damaged entry as that, by its name.</summary>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask<Result<Page<AuditEntry>>> Query(AuditQuery query, CancellationToken stop);

    /// <summary>Every chain that has entries.</summary>
    /// <exception cref="StoreUnavailableException"/>
    IAsyncEnumerable<string> Chains(CancellationToken stop);

    /// <summary>The entry with this number in its chain, or null.</summary>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask<AuditEntry?> Find(string chain, long seq, CancellationToken stop);

    /// <summary>One chain's entries as they are stored, in the order of their stored numbers.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreDamagedException">At an entry that is none.</exception>
    IAsyncEnumerable<AuditEntry> Read(string chain, CancellationToken stop);

    /// <summary>The whole log as it is at this moment, however long it is read.</summary>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask<IAuditView> View(CancellationToken stop);

    /// <summary>Makes a checkpoint durable together with the owners' heads of the very moment it was made of. Its number must
    /// be the last one's successor; of two that are added at once at most one is <see cref="SaveOutcome.Saved"/>.</summary>
    /// <param name="make">The checkpoint, or null for none; then the answer is <see cref="SaveOutcome.Saved"/> as well.</param>
    /// <exception cref="StoreUnavailableException">The log could not be read.</exception>
    ValueTask<SaveOutcome> AddCheckpoint(Func<IAuditView, ValueTask<StoredCheckpoint?>> make, CancellationToken stop);

    /// <summary>Moves anchors, and deletes the entries up to them: all of it is durable, or nothing. The note's number must be
    /// the last anchor note's successor. Views that are open keep seeing what they saw.</summary>
    /// <param name="make">The pruning, or null for none; then the answer is <see cref="SaveOutcome.Saved"/> as well.</param>
    /// <exception cref="StoreUnavailableException">The log could not be read, or may not be pruned by this caller.</exception>
    ValueTask<SaveOutcome> Prune(Func<IAuditView, ValueTask<StoredPruning?>> make, CancellationToken stop);
}
