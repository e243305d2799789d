using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Tumbler.Core;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>The aggregates of one kind as this node knows them, filled on demand. Readers take what is there; only a first
/// use waits. A later state is never replaced by an earlier one, however late or often news comes.</summary>
/// <param name="show">Makes the snapshot of a state.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose of.")]
internal sealed class SnapshotTable<TId, TState, TSnapshot>(
    IAggregateStore<TId, TState> store, Func<Stored<TState>, TSnapshot> show, TimeProvider clock)
    where TId : struct
    where TState : class, IAggregate<TState>
    where TSnapshot : class, ISnapshot
{
    /// <summary>Anybody can make up names. However many do, the store has connections left for changes.</summary>
    private const int MostLookups = 8;

    private readonly ConcurrentDictionary<TId, TSnapshot> snapshots = [];
    private readonly ConcurrentDictionary<TId, int> underway = [];

    /// <summary>The version before which a state is not to be shown, where something was withdrawn in it.</summary>
    private readonly ConcurrentDictionary<TId, VersionToken> least = [];
    private readonly Absences<TId> absences = new(clock);
    private readonly SemaphoreSlim lookups = new(MostLookups);

    public int Count => snapshots.Count;

    public bool TryGet(TId id, [NotNullWhen(true)] out TSnapshot? snapshot) => snapshots.TryGetValue(id, out snapshot);

    /// <summary>Null when there is none.</summary>
    public ValueTask<TSnapshot?> Find(TId id) =>
        TryGet(id, out var snapshot) ? ValueTask.FromResult<TSnapshot?>(snapshot)
        : absences.Has(id) ? ValueTask.FromResult<TSnapshot?>(null)
        : FirstUse(id);

    public TSnapshot Apply(TId id, Stored<TState> stored)
    {
        absences.Remove(id);
        if (least.TryGetValue(id, out var needed) && needed <= stored.Version)
            least.TryRemove(KeyValuePair.Create(id, needed));
        return snapshots.AddOrUpdate(
            id, _ => show(stored), (_, known) => known.Version < stored.Version ? show(stored) : known);
    }

    /// <summary>Hears that an aggregate has this version now. Costs something only when this node shows an earlier one.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task Refresh(Changed<TId> changed, CancellationToken stop)
    {
        absences.Remove(changed.Id);

        // A first use that is under way may have read what was there before, and nobody would tell it again. Looked at first:
        // what ends between the two lines has shown its snapshot by then.
        var reading = underway.ContainsKey(changed.Id);
        var stale = TryGet(changed.Id, out var known) ? known.Version < changed.Version : reading;
        if (!stale)
            return;
        try
        {
            if (await store.Load(changed.Id, stop) is { } stored)
                Apply(changed.Id, stored);
        }
        catch (StoreDamagedException)
        {
            // What it was until now it is no more, and what it is can't be said: nothing is shown.
            snapshots.TryRemove(changed.Id, out _);
            throw;
        }
    }

    /// <summary>Hears of a version in which something was withdrawn that nobody may use any longer. What was shown until now is
    /// not shown again: until the store has answered readers wait for it, and if it does not, that is what they hear.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task Withdraw(Changed<TId> changed)
    {
        absences.Remove(changed.Id);
        if (!TryGet(changed.Id, out var known) && !underway.ContainsKey(changed.Id))
            return;
        if (known is not null && known.Version >= changed.Version)
            return;
        least.AddOrUpdate(changed.Id, changed.Version, (_, other) => other < changed.Version ? changed.Version : other);
        if (known is not null)
            snapshots.TryRemove(KeyValuePair.Create(changed.Id, known));
        await Find(changed.Id);
    }

    private bool IsWithdrawn(TId id, Stored<TState> stored) => least.TryGetValue(id, out var needed) && stored.Version < needed;

    private async ValueTask<TSnapshot?> FirstUse(TId id)
    {
        await lookups.WaitAsync();
        underway.AddOrUpdate(id, 1, (_, uses) => uses + 1);
        try
        {
            if (TryGet(id, out var snapshot) || absences.Has(id))
                return snapshot;
            // What began to be read before a withdrawal may be what was withdrawn; what begins after it is not.
            var stored = await store.Load(id, CancellationToken.None);
            if (stored is not null && IsWithdrawn(id, stored))
                stored = await store.Load(id, CancellationToken.None);
            if (stored is not null)
                return IsWithdrawn(id, stored) ? throw new StoreUnavailableException("The store has only what was withdrawn.") : Apply(id, stored);
            absences.Add(id);
            return null;
        }
        finally
        {
            if (underway.AddOrUpdate(id, 0, (_, uses) => uses - 1) == 0)
                underway.TryRemove(KeyValuePair.Create(id, 0));
            lookups.Release();
        }
    }
}
