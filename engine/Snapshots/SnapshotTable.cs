using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Tumbler.Core;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>The aggregates of one kind as this node knows them: those that somebody asked for here not long ago. Readers take
/// what is there; only a first use waits. Only a first use puts something here that was not; news renew what is shown, and
/// make a first use that is under way read again. So an earlier state never replaces a later one, however late or often
/// news comes, and also not when the later one has been let go of meanwhile.</summary>
/// <param name="show">Makes the snapshot of a state, from the one that it replaces or from nothing.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose of.")]
internal sealed class SnapshotTable<TId, TState, TSnapshot>(
    IAggregateStore<TId, TState> store, Func<Stored<TState>, TSnapshot?, TSnapshot> show, TimeProvider clock)
    where TId : struct
    where TState : class, IAggregate<TState>
    where TSnapshot : class, ISnapshot
{
    /// <summary>Anybody can make up names. However many do, the store has connections left for changes.</summary>
    private const int MostLookups = 8;

    private readonly ConcurrentDictionary<TId, Held<TSnapshot>> shown = [];
    private readonly FirstUses<TId> underway = new();
    private readonly Absences<TId> absences = new(clock);
    private readonly SemaphoreSlim lookups = new(MostLookups);
    private int period;

    public int Count => shown.Count;

    /// <summary>Of what is held, without using it.</summary>
    public IEnumerable<(TId Id, TSnapshot Snapshot)> All => shown.Select(each => (each.Key, each.Value.Item));

    /// <summary>What is held, without using it.</summary>
    public bool TryGet(TId id, [NotNullWhen(true)] out TSnapshot? snapshot)
    {
        snapshot = shown.TryGetValue(id, out var entry) ? entry.Item : null;
        return snapshot is not null;
    }

    /// <summary>Null when it is not held, whether or not there is one: the store is not asked.</summary>
    public TSnapshot? FindHeld(TId id) => shown.TryGetValue(id, out var entry) ? entry.Use(Volatile.Read(ref period)) : null;

    /// <summary>Null when there is none.</summary>
    public ValueTask<TSnapshot?> Find(TId id) =>
        shown.TryGetValue(id, out var entry) ? ValueTask.FromResult<TSnapshot?>(entry.Use(Volatile.Read(ref period)))
        : absences.Has(id) ? ValueTask.FromResult<TSnapshot?>(null)
        : FirstUse(id);

    /// <summary>Shows a saved state in the place of an earlier one that is shown.</summary>
    public void Renew(TId id, Stored<TState> stored)
    {
        Hear(id);
        Replace(id, stored);
    }

    /// <summary>Hears that an aggregate has this version now. Costs something only when this node shows an earlier one.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreDamagedException">What it was until now it is no more, and what it is can't be said: nothing is shown.</exception>
    public async Task Refresh(Changed<TId> changed, CancellationToken stop)
    {
        Hear(changed.Id);
        if (!TryGet(changed.Id, out var known) || known.Version >= changed.Version)
            return;
        try
        {
            if (await store.Load(changed.Id, stop) is { } stored)
                Replace(changed.Id, stored);
        }
        catch (StoreDamagedException)
        {
            shown.TryRemove(changed.Id, out _);
            throw;
        }
    }

    /// <summary>Hears of a version in which something was withdrawn that nobody may use any longer. What was shown until now is
    /// not shown again: until the store has answered readers wait for it, and if it does not, that is what they hear.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task Withdraw(Changed<TId> changed)
    {
        var reading = Hear(changed.Id);
        if (TryGet(changed.Id, out var known) ? known.Version >= changed.Version : !reading)
            return;
        shown.TryRemove(changed.Id, out _);
        await Find(changed.Id);
    }

    /// <summary>Begins a period, and lets go of what was not used in the last ones. Who uses it at this very moment has it all
    /// the same; the next one reads it anew.</summary>
    /// <param name="keeps">What is never let go of.</param>
    public IReadOnlyList<TSnapshot> DropUnused(int periods, Func<TId, bool> keeps)
    {
        var now = Interlocked.Increment(ref period);
        var dropped = new List<TSnapshot>();
        foreach (var (id, entry) in shown)
        {
            if (now - entry.UsedIn > periods && !keeps(id) && underway.IfNone(id, () => shown.TryRemove(KeyValuePair.Create(id, entry))))
                dropped.Add(entry.Item);
        }

        return dropped;
    }

    /// <summary>What a first use that is under way has read until now may be old.</summary>
    /// <returns>Whether there is one.</returns>
    private bool Hear(TId id)
    {
        var reading = underway.Hear(id);

        // In this order: what a first use found absent before, it believes until here.
        absences.Remove(id);
        return reading;
    }

    private void Replace(TId id, Stored<TState> stored)
    {
        while (shown.TryGetValue(id, out var entry) && entry.Item is var known && known.Version < stored.Version)
        {
            if (entry.TryReplace(known, show(stored, known)))
                return;
        }
    }

    private async ValueTask<TSnapshot?> FirstUse(TId id)
    {
        await lookups.WaitAsync();
        var use = underway.Begin(id);
        try
        {
            while (true)
            {
                if (shown.TryGetValue(id, out var entry))
                    return entry.Use(Volatile.Read(ref period));
                if (absences.Has(id))
                    return null;
                var news = use.News;
                var stored = await store.Load(id, CancellationToken.None);
                var snapshot = stored is null ? null : show(stored, null);
                if (underway.IfNoNews(use, news, () => Add(id, snapshot)))
                {
                    // Another first use may have been faster, with an earlier state.
                    if (stored is null)
                        return null;
                    Replace(id, stored);
                }
            }
        }
        finally
        {
            underway.End(id);
            lookups.Release();
        }
    }

    private void Add(TId id, TSnapshot? snapshot)
    {
        if (snapshot is null)
            absences.Add(id);
        else
            shown.TryAdd(id, new Held<TSnapshot>(snapshot, Volatile.Read(ref period)));
    }
}
