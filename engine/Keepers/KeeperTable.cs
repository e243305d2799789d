using System.Collections.Concurrent;
using Tumbler.Core;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Keepers;

/// <summary>The keepers of one kind in this process, each from the first change that needs it until there was none for a while.
/// One that is let go of in the middle of a change finishes it: two keepers of one state harm nobody.</summary>
internal sealed class KeeperTable<TId, TState>(Func<TId, Keeper<TId, TState>> open)
    where TId : struct
    where TState : class, IAggregate<TState>
{
    private readonly ConcurrentDictionary<TId, Held<Keeper<TId, TState>>> keepers = [];
    private int period;

    public int Count => keepers.Count;

    public Keeper<TId, TState> Of(TId id)
    {
        var now = Volatile.Read(ref period);
        return keepers.GetOrAdd(id, _ => new Held<Keeper<TId, TState>>(open(id), now)).Use(now);
    }

    /// <inheritdoc cref="Keeper{TId, TState}.KnownVersion"/>
    public VersionToken KnownVersion(TId id) => keepers.TryGetValue(id, out var held) ? held.Item.KnownVersion : VersionToken.None;

    /// <inheritdoc cref="Snapshots.SnapshotTable{TId, TState, TSnapshot}.DropUnused"/>
    public void DropUnused(int periods)
    {
        var now = Interlocked.Increment(ref period);
        foreach (var (id, held) in keepers)
        {
            if (now - held.UsedIn > periods)
                keepers.TryRemove(KeyValuePair.Create(id, held));
        }
    }
}
