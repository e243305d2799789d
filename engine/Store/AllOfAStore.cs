using System.Runtime.CompilerServices;
using Tumbler.Core;

namespace Tumbler.Engine.Store;

/// <summary>Goes through everything of one kind, list by list: how much there is changes how long it takes, not what it holds.</summary>
internal static class AllOfAStore
{
    private const int ListSize = 500;

    /// <summary>In ordinal order. What comes or goes meanwhile may be there or not.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public static async IAsyncEnumerable<TId> All<TId, TState>(
        this IAggregateStore<TId, TState> store, [EnumeratorCancellation] CancellationToken stop)
        where TId : struct
        where TState : class, IAggregate<TState>
    {
        TId? after = null;
        while (await store.List(after, ListSize, stop) is { Count: > 0 } ids)
        {
            foreach (var id in ids)
                yield return id;
            after = ids[^1];
        }
    }
}
