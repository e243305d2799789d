using System.Collections.Concurrent;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <summary>States as this process last read or saved them. A save compares with the one it starts from, to write only
/// the rows that differ; a load begins with the latest, to read only what came since. Whether that still is the state in the database is not decided here. Nothing is kept in memory for
/// this alone: what its keeper has let go of is forgotten.</summary>
internal sealed class KnownStates<TId, TState>
    where TId : struct
    where TState : class
{
    /// <summary>So many have a place, each some 150 bytes. Whoever is forgotten costs one more read at its next save.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<TId, (VersionToken Version, WeakReference<TState> State)> states = [];

    public TState? At(TId id, VersionToken version) => Latest(id) is { } known && known.Version == version ? known.State : null;

    public Stored<TState>? Latest(TId id) =>
        states.TryGetValue(id, out var known) && known.State.TryGetTarget(out var state) ? new Stored<TState>(state, known.Version) : null;

    public void Remember(TId id, Stored<TState> stored)
    {
        if (states.Count >= Most)
            states.Clear();
        states[id] = (stored.Version, new WeakReference<TState>(stored.State));
    }
}
