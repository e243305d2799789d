using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>The rings as this node knows them. Readers take what is there; only a ring's first use waits.</summary>
public sealed class RingSnapshots(
    IAggregateStore<RingId, KeyRing> store,
    Issuers issuers,
    Func<SignerShelf> newShelf,
    TimeProvider clock) : IPublishedKeys
{
    private readonly ConcurrentDictionary<RingId, RingSnapshot> snapshots = [];
    private readonly ConcurrentDictionary<RingId, SignerShelf> shelves = [];

    public bool TryGet(RingId ring, [NotNullWhen(true)] out RingSnapshot? snapshot) => snapshots.TryGetValue(ring, out snapshot);

    /// <summary>Whether this node misses a private key that it should be able to use: the signing one, or one that is to come
    /// and is damaged. False for rings that it does not show.</summary>
    public bool LacksKey(RingId ring) =>
        TryGet(ring, out var snapshot) && (snapshot.At(clock.Now()).Signer is null || shelves[ring].HasDamage);

    /// <summary>Null when there is no such ring.</summary>
    public ValueTask<RingSnapshot?> Find(RingId ring) =>
        TryGet(ring, out var snapshot) ? ValueTask.FromResult<RingSnapshot?>(snapshot) : FirstUse(ring);

    /// <summary>Shows a saved state, unless a later one is known already: news may come late and twice.</summary>
    public RingSnapshot Apply(Stored<KeyRing> stored)
    {
        var shelf = shelves.GetOrAdd(stored.State.Id, _ => newShelf());
        RingSnapshot Fresh()
        {
            shelf.Arrange(stored.State);
            return new RingSnapshot(stored, shelf, issuers.Of(stored.State.Id), clock.Now());
        }

        return snapshots.AddOrUpdate(
            stored.State.Id, _ => Fresh(), (_, known) => known.Version < stored.Version ? Fresh() : known);
    }

    async ValueTask<RingDocuments?> IPublishedKeys.Get(RingId ring) => (await Find(ring))?.At(clock.Now()).Documents;

    private async ValueTask<RingSnapshot?> FirstUse(RingId ring) =>
        await store.Load(ring, CancellationToken.None) is { } stored ? Apply(stored) : null;
}
