using System.Collections.Concurrent;

namespace Tumbler.Engine.Snapshots;

/// <summary>Ids that the store did not have a moment ago, so that who asks for one again and again does not ask the store
/// each time.</summary>
internal sealed class Absences<TId>(TimeProvider clock) where TId : struct
{
    /// <summary>As long as another process may take to be heard of: what it makes is there no later than what it revokes
    /// is gone.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    /// <summary>Bounds the memory of made-up names.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<TId, long> since = [];

    public bool Has(TId id) => since.TryGetValue(id, out var asked) && clock.GetElapsedTime(asked) < Believed;

    public void Add(TId id)
    {
        if (since.Count >= Most)
            since.Clear();
        since[id] = clock.GetTimestamp();
    }

    public void Remove(TId id) => since.TryRemove(id, out _);
}
