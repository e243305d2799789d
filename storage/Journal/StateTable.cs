using System.Collections.Concurrent;
using System.Collections.Immutable;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Journal;

/// <summary>The durable states of one kind of aggregate. What is on its way to the disk is not in here.</summary>
/// <param name="count">Of the changes to all tables of a journal.</param>
internal sealed class StateTable<TId, TState>(ChangeCount count)
    where TId : struct
    where TState : class
{
    private static readonly Comparer<TId> ByText =
        Comparer<TId>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private readonly ConcurrentDictionary<TId, (Stored<TState> Stored, long Change)> states = [];
    private volatile ImmutableSortedSet<TId> ids = ImmutableSortedSet.Create<TId>(ByText);

    /// <summary>In the order of their ids.</summary>
    public IEnumerable<Stored<TState>> All => ids.Select(id => states[id].Stored);

    public IEnumerable<Stored<TState>> Unordered => states.Select(state => state.Value.Stored);

    public Stored<TState>? Find(TId id) => states.GetValueOrDefault(id).Stored;

    public VersionToken VersionOf(TId id) => Find(id)?.Version ?? VersionToken.None;

    /// <summary>From one thread at a time; readers need not wait for it.</summary>
    public void Put(TId id, Stored<TState> stored)
    {
        states[id] = (stored, count.Last + 1);
        ids = ids.Add(id);
        count.Add();
    }

    public IReadOnlyList<Changed<TId>> Since(long change) =>
        [.. states.Where(state => state.Value.Change > change).Select(state => new Changed<TId>(state.Key, state.Value.Stored.Version))];

    public IReadOnlyList<TId> List(TId? after, int limit)
    {
        var all = ids;
        var first = after is { } last ? FirstAfter(all, last) : 0;
        return [.. Enumerable.Range(first, Math.Clamp(limit, 0, all.Count - first)).Select(i => all[i])];
    }

    private static int FirstAfter(ImmutableSortedSet<TId> all, TId id)
    {
        // The index of what is not in the set is the complement of where it would stand.
        var index = all.IndexOf(id);
        return index < 0 ? ~index : index + 1;
    }
}
