using System.Diagnostics.CodeAnalysis;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>The rings as this node knows them.</summary>
public sealed class RingSnapshots : IPublishedKeys
{
    private readonly SnapshotTable<RingId, KeyRing, RingSnapshot> table;
    private readonly IReadOnlySet<RingId> permanent;
    private readonly TimeProvider clock;
    private IReadOnlyList<RingSnapshot> letGo = [];

    /// <param name="permanent">Rings that are shown from the start and for ever.</param>
    public RingSnapshots(
        IAggregateStore<RingId, KeyRing> store, Issuers issuers, Func<SignerShelf> newShelf, IReadOnlySet<RingId> permanent, TimeProvider clock)
    {
        (this.permanent, this.clock) = (permanent, clock);
        table = new(store, Show, clock);

        RingSnapshot Show(Stored<KeyRing> stored, RingSnapshot? before)
        {
            var ring = stored.State;
            var shelf = before?.Signers ?? newShelf();
            shelf.Arrange(ring);
            return new RingSnapshot(stored, shelf, issuers.Of(ring.Id), clock.Now());
        }
    }

    /// <summary>How many are held.</summary>
    public int Count => table.Count;

    /// <summary>What each that is held comes to, without using it.</summary>
    public IEnumerable<RingGlance> Glances(DateTimeOffset now) => table.All.Select(shown => shown.Snapshot.GlanceAt(now));

    public bool TryGet(RingId ring, [NotNullWhen(true)] out RingSnapshot? snapshot) => table.TryGet(ring, out snapshot);

    /// <summary>Whether this node misses a private key that it should be able to use: the signing one, or one that is to come
    /// and is damaged. False for rings that it does not show.</summary>
    public bool LacksKey(RingId ring) => TryGet(ring, out var snapshot) && LacksKey(snapshot);

    /// <summary>The rings of which this node misses one. What nobody uses here is not looked at.</summary>
    public IEnumerable<RingId> LackingKeys() => table.All.Where(shown => LacksKey(shown.Snapshot)).Select(shown => shown.Id);

    /// <summary>Null when there is no such ring. Waits only for its first use.</summary>
    public ValueTask<RingSnapshot?> Find(RingId ring) => table.Find(ring);

    /// <summary>Shows a saved state of a ring that is shown, unless a later one is known already: news may come late and twice.</summary>
    public void Renew(Stored<KeyRing> stored) => table.Renew(stored.State.Id, stored);

    /// <inheritdoc cref="SnapshotTable{TId, TState, TSnapshot}.Refresh"/>
    public Task Refresh(Changed<RingId> changed, CancellationToken stop) => table.Refresh(changed, stop);

    /// <inheritdoc cref="SnapshotTable{TId, TState, TSnapshot}.Withdraw"/>
    public Task Withdraw(Changed<RingId> changed) => table.Withdraw(changed);

    /// <summary>Lets go of what was not used in the last periods. Its private keys are destroyed at the end of the one that begins:
    /// whoever found it a moment ago has signed by then.</summary>
    public void DropUnused(int periods)
    {
        foreach (var ring in letGo)
            ring.Dispose();
        letGo = table.DropUnused(periods, permanent.Contains);
    }

    async ValueTask<RingDocuments?> IPublishedKeys.Get(RingId ring) => (await Find(ring))?.At(clock.Now()).Documents;

    private bool LacksKey(RingSnapshot ring) => ring.At(clock.Now()).Signer is null || ring.Signers.HasDamage;
}
