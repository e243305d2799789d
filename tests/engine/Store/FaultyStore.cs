using System.Threading.Channels;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Store;

/// <inheritdoc cref="FaultyAggregateStore{TId, TState}"/>
internal sealed class FaultyStore(IStore store) : IStore
{
    public FaultyAggregateStore<RingId, KeyRing> Rings { get; } = new(store.Rings);

    public FaultyAggregateStore<OrgSlug, Organization> Organizations { get; } = new(store.Organizations);

    public FaultyAggregateStore<NodeId, NodeLog> NodeLogs { get; } = new(store.NodeLogs);

    public FaultyAggregateStore<RingId, TokenRevocations> TokenRevocations { get; } = new(store.TokenRevocations);

    public IAuditStore Audit { get; init; } = store.Audit;

    public IExportStore Exports => store.Exports;

    public FaultyUsedOnce UsedOnce { get; } = new(store.UsedOnce);

    IUsedOnce IStore.UsedOnce => UsedOnce;

    IAggregateStore<RingId, KeyRing> IStore.Rings => Rings;

    IAggregateStore<OrgSlug, Organization> IStore.Organizations => Organizations;

    IAggregateStore<NodeId, NodeLog> IStore.NodeLogs => NodeLogs;

    IAggregateStore<RingId, TokenRevocations> IStore.TokenRevocations => TokenRevocations;

    public bool Away
    {
        set => (Rings.Away, Organizations.Away, NodeLogs.Away, TokenRevocations.Away, UsedOnce.Away) = (value, value, value, value, value);
    }

    /// <summary>Runs when a question for changes has been asked and answered.</summary>
    public Action ChangesAsked { get; set; } = () => { };

    /// <summary>Runs before a question for changes is asked.</summary>
    public Func<Task> BeforeChanges { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs before the store is asked whether it takes changes.</summary>
    public Func<Task> BeforePing { get; set; } = () => Task.CompletedTask;

    /// <summary>A clock of the store's own, as a database has.</summary>
    public Func<DateTimeOffset>? Time { get; set; }

    public async ValueTask<StoreChanges> Changes(ChangeMark? since, CancellationToken stop)
    {
        await BeforeChanges();
        try
        {
            return Rings.Away
                ? throw new StoreUnavailableException("The store is away.")
                : await store.Changes(since, stop) with { StoreTime = Time?.Invoke() };
        }
        finally
        {
            ChangesAsked();
        }
    }

    /// <summary>What another process would tell of.</summary>
    public Channel<bool> Hints { get; } = Channel.CreateUnbounded<bool>();

    public Task Hint(CancellationToken stop) =>
        Rings.Away ? Task.FromException(new StoreUnavailableException("The store is away.")) : Hints.Reader.ReadAsync(stop).AsTask();

    /// <summary>Runs when the list of rings to look at has come to its end, or failed.</summary>
    public Action LookEnded { get; set; } = () => { };

    public async ValueTask<IReadOnlyList<RingToLookAt>> RingsToLookAt(
        DateTimeOffset now, RingToLookAt? after, int limit, CancellationToken stop)
    {
        IReadOnlyList<RingToLookAt> rings = [];
        try
        {
            return rings = Rings.Away
                ? throw new StoreUnavailableException("The store is away.")
                : await store.RingsToLookAt(now, after, limit, stop);
        }
        finally
        {
            if (rings.Count == 0)
                LookEnded();
        }
    }

    public async ValueTask<bool> Ping(CancellationToken stop)
    {
        await BeforePing();
        return !Rings.Away && await store.Ping(stop);
    }
}
