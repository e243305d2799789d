using System.Collections.Immutable;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Revocations;

/// <summary>What concerns each ring, in the order of the numbers: its own entries and those of all rings. Who asks about one ring does not
/// go through what others have revoked.</summary>
internal sealed class EntriesByRing
{
    public static readonly Comparer<FeedEntry> ByNumber = Comparer<FeedEntry>.Create((a, b) => a.Number.CompareTo(b.Number));

    private static readonly ImmutableSortedSet<FeedEntry> None = ImmutableSortedSet.Create<FeedEntry>(ByNumber);

    private readonly ImmutableSortedSet<FeedEntry> everywhere;
    private readonly ImmutableDictionary<RingId, ImmutableSortedSet<FeedEntry>> own;

    private EntriesByRing(ImmutableSortedSet<FeedEntry> everywhere, ImmutableDictionary<RingId, ImmutableSortedSet<FeedEntry>> own) =>
        (this.everywhere, this.own) = (everywhere, own);

    public static EntriesByRing Empty { get; } = new(None, ImmutableDictionary<RingId, ImmutableSortedSet<FeedEntry>>.Empty);

    /// <summary>The last number up to this one; 0 when there is none.</summary>
    public long LastOf(RingId ring, long number) => Math.Max(LastOf(everywhere, number), LastOf(own.GetValueOrDefault(ring, None), number));

    public IEnumerable<FeedEntry> Since(RingId ring, long number) =>
        After(everywhere, number).Concat(After(own.GetValueOrDefault(ring, None), number)).OrderBy(entry => entry.Number);

    /// <param name="removed">Also such as are among the added.</param>
    public EntriesByRing With(IEnumerable<FeedEntry> added, IEnumerable<FeedEntry> removed)
    {
        var (everywhere, own) = (this.everywhere, this.own.ToBuilder());
        foreach (var of in added.Select(entry => (Entry: entry, Goes: false)).Concat(removed.Select(entry => (Entry: entry, Goes: true))).ToLookup(each => each.Entry.Subject.Ring))
        {
            var before = of.Key is { } known ? own.GetValueOrDefault(known, None) : everywhere;
            var after = before.Union(of.Where(each => !each.Goes).Select(each => each.Entry)).Except(of.Where(each => each.Goes).Select(each => each.Entry));
            if (of.Key is not { } ring)
                everywhere = after;
            else if (after.IsEmpty)
                own.Remove(ring);
            else
                own[ring] = after;
        }

        return new(everywhere, own.ToImmutable());
    }

    /// <summary>The entries with a greater number.</summary>
    public static IEnumerable<FeedEntry> After(ImmutableSortedSet<FeedEntry> entries, long number)
    {
        var first = entries.IndexOf(new FeedEntry(number, null!));
        for (var i = first < 0 ? ~first : first + 1; i < entries.Count; i++)
            yield return entries[i];
    }

    private static long LastOf(ImmutableSortedSet<FeedEntry> entries, long number)
    {
        var at = entries.IndexOf(new FeedEntry(number, null!));
        var last = at < 0 ? ~at - 1 : at;
        return last < 0 ? 0 : entries[last].Number;
    }
}
