using System.Collections.Concurrent;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <summary>States as this process last read or saved them. A save compares with the one it starts from, to write only
/// the rows that differ. Whether that still is the state in the database is not decided here.</summary>
internal sealed class KnownStates<TId, TState>
    where TId : struct
    where TState : class
{
    /// <summary>Their keepers hold most of them anyway. Whoever is forgotten costs one more read at its next save.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<TId, Stored<TState>> states = [];

    public TState? At(TId id, VersionToken version) =>
        states.TryGetValue(id, out var stored) && stored.Version == version ? stored.State : null;

    public void Remember(TId id, Stored<TState> stored)
    {
        if (states.Count >= Most)
            states.Clear();
        states[id] = stored;
    }
}
