using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Store;

/// <inheritdoc cref="FaultyAggregateStore{TId, TState}"/>
internal sealed class FaultyStore(IStore store) : IStore
{
    public FaultyAggregateStore<RingId, KeyRing> Rings { get; } = new(store.Rings);

    public FaultyAggregateStore<OrgSlug, Organization> Organizations { get; } = new(store.Organizations);

    public IAuditStore Audit { get; init; } = store.Audit;

    public IExportStore Exports => store.Exports;

    IAggregateStore<RingId, KeyRing> IStore.Rings => Rings;

    IAggregateStore<OrgSlug, Organization> IStore.Organizations => Organizations;

    public bool Away
    {
        set => (Rings.Away, Organizations.Away) = (value, value);
    }

    public ValueTask<bool> Ping(CancellationToken stop) => Rings.Away ? ValueTask.FromResult(false) : store.Ping(stop);
}
