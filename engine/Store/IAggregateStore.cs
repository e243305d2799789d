using Tumbler.Contracts.Audit;
using Tumbler.Core;

namespace Tumbler.Engine.Store;

/// <summary>One kind of aggregate, by id.</summary>
public interface IAggregateStore<TId, TState>
    where TId : struct
    where TState : class, IAggregate<TState>
{
    /// <summary>The last saved state, or null when there is none.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreDamagedException">What is there is no state.</exception>
    ValueTask<Stored<TState>?> Load(TId id, CancellationToken stop);

    /// <summary>
    /// Makes <paramref name="next"/> and <paramref name="entries"/> durable together, if the state in the store is
    /// still the one named <paramref name="expected"/> (<see cref="VersionToken.None"/>: there is none).
    /// All or nothing, whatever dies at whatever moment: no change without its entries, no entry without its change.
    /// Of two saves that expect the same version at most one is <see cref="SaveOutcome.Saved"/>. After that answer
    /// every <see cref="Load"/> that begins sees this state or a later one.
    /// </summary>
    ValueTask<SaveResult> Save(TState next, VersionToken expected, IReadOnlyList<AuditEntry> entries, CancellationToken stop);

    /// <summary>Ids in ordinal order of their text, from the first one after <paramref name="after"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask<IReadOnlyList<TId>> List(TId? after, int limit, CancellationToken stop);
}
