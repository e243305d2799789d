using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>What this node hears has changed, for those who want to look at it again. Each piece knows the one after it: whoever follows
/// holds one, and what nobody holds is gone.</summary>
public sealed class StoreNews
{
    private volatile Piece last = new([], []);

    public Piece Last => last;

    /// <summary>From one thread at a time. What was heard before may come again.</summary>
    public void Tell(StoreChanges changes)
    {
        if (changes.Rings.Count == 0 && changes.Organizations.Count == 0)
            return;
        var before = last;
        last = new Piece([.. changes.Rings.Select(ring => ring.Id)], [.. changes.Organizations.Select(org => org.Id)]);
        before.EndWith(last);
    }

    public sealed class Piece(IReadOnlyList<RingId> rings, IReadOnlyList<OrgSlug> organizations)
    {
        private readonly TaskCompletionSource<Piece> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<RingId> Rings => rings;

        public IReadOnlyList<OrgSlug> Organizations => organizations;

        /// <summary>Completed when there is one.</summary>
        public Task<Piece> Next => next.Task;

        internal void EndWith(Piece later) => next.SetResult(later);
    }
}
