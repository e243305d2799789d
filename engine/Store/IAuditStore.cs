using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Engine.Store;

/// <summary>The audit entries that <see cref="IAggregateStore{TId,TState}.Save"/> wrote.</summary>
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
}
