using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>The rings as this node knows them.</summary>
public sealed class RingSnapshots : IPublishedKeys
{
    private readonly ConcurrentDictionary<RingId, SignerShelf> shelves = [];
    private readonly SnapshotTable<RingId, KeyRing, RingSnapshot> table;
    private readonly TimeProvider clock;

    public RingSnapshots(
        IAggregateStore<RingId, KeyRing> store, Issuers issuers, Func<SignerShelf> newShelf, TimeProvider clock)
    {
        this.clock = clock;
        table = new(store, Show, clock);

        RingSnapshot Show(Stored<KeyRing> stored)
        {
            var ring = stored.State;
            var shelf = shelves.GetOrAdd(ring.Id, _ => newShelf());
            shelf.Arrange(ring);
            return new RingSnapshot(stored, shelf, issuers.Of(ring.Id), clock.Now());
        }
    }

    /// <summary>How many are held.</summary>
    public int Count => table.Count;

    public bool TryGet(RingId ring, [NotNullWhen(true)] out RingSnapshot? snapshot) => table.TryGet(ring, out snapshot);

    /// <summary>Whether this node misses a private key that it should be able to use: the signing one, or one that is to come
    /// and is damaged. False for rings that it does not show.</summary>
    public bool LacksKey(RingId ring) =>
        TryGet(ring, out var snapshot) && (snapshot.At(clock.Now()).Signer is null || shelves[ring].HasDamage);

    /// <summary>Null when there is no such ring. Waits only for its first use.</summary>
    public ValueTask<RingSnapshot?> Find(RingId ring) => table.Find(ring);

    /// <summary>Shows a saved state, unless a later one is known already: news may come late and twice.</summary>
    public RingSnapshot Apply(Stored<KeyRing> stored) => table.Apply(stored.State.Id, stored);

    /// <inheritdoc cref="SnapshotTable{TId, TState, TSnapshot}.Refresh"/>
    public Task Refresh(Changed<RingId> changed, CancellationToken stop) => table.Refresh(changed, stop);

    /// <inheritdoc cref="SnapshotTable{TId, TState, TSnapshot}.Withdraw"/>
    public Task Withdraw(Changed<RingId> changed) => table.Withdraw(changed);

    async ValueTask<RingDocuments?> IPublishedKeys.Get(RingId ring) => (await Find(ring))?.At(clock.Now()).Documents;
}
