using System.Collections.Immutable;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Revocations;

/// <summary>Everything withdrawn that tokens may still rest on, of each subject the last word. Immutable; the next one shares
/// nearly all with this one.</summary>
public sealed class RevocationFeed
{
    private static readonly Comparer<FeedEntry> ByEnd = Comparer<FeedEntry>.Create((a, b) =>
        (a.Revocation.Until, a.Number).CompareTo((b.Revocation.Until, b.Number)));

    private readonly ImmutableDictionary<RevocationSubject, FeedEntry> entries;
    private readonly ImmutableSortedSet<FeedEntry> numbers, ends;
    private readonly EntriesByRing rings;

    private RevocationFeed(
        long last,
        ImmutableDictionary<RevocationSubject, FeedEntry> entries,
        ImmutableSortedSet<FeedEntry> numbers,
        ImmutableSortedSet<FeedEntry> ends,
        EntriesByRing rings) =>
        (Last, this.entries, this.numbers, this.ends, this.rings) = (last, entries, numbers, ends, rings);

    public static RevocationFeed Empty { get; } = new(
        0,
        ImmutableDictionary<RevocationSubject, FeedEntry>.Empty,
        ImmutableSortedSet.Create<FeedEntry>(EntriesByRing.ByNumber),
        ImmutableSortedSet.Create<FeedEntry>(ByEnd),
        EntriesByRing.Empty);

    /// <summary>The number of the last entry that there ever was; 0 before the first.</summary>
    public long Last { get; }

    public int Count => entries.Count;

    public bool Has(RevocationSubject subject) => entries.TryGetValue(subject, out var entry) && !entry.Revocation.Lifted;

    /// <summary>Whether a token that was issued in good order is worth nothing any more.</summary>
    public bool Covers(RingId ring, AccessTokenClaims claims, Kid kid) => entries.Count > 0
        && (Has(new(RevocationKind.Token, claims.TokenId, ring))
            || Has(new(RevocationKind.Client, claims.ClientId, null))
            || Has(new(RevocationKind.Organization, claims.Organization, null))
            || Has(new(RevocationKind.Key, kid.ToString(), ring)));

    /// <summary>The entries with a greater number, in the order of their numbers.</summary>
    public IEnumerable<FeedEntry> Since(long number) => EntriesByRing.After(numbers, number);

    /// <summary>Those of them that concern the ring.</summary>
    public IEnumerable<FeedEntry> Since(RingId ring, long number) => rings.Since(ring, number);

    /// <summary>The last number up to this one whose entry concerns the ring; 0 when there is none.</summary>
    public long LastOf(RingId ring, long number = long.MaxValue) => rings.LastOf(ring, number);

    /// <summary>In any order, and also what is known already: of each subject the highest number counts.</summary>
    /// <param name="last">The number of the last entry that there is; an entry may be gone by now.</param>
    public RevocationFeed With(IEnumerable<FeedEntry> news, long last)
    {
        var (entries, numbers, ends) = (this.entries.ToBuilder(), this.numbers.ToBuilder(), this.ends.ToBuilder());
        var (added, removed) = (new List<FeedEntry>(), new List<FeedEntry>());
        foreach (var entry in news)
        {
            if (entries.TryGetValue(entry.Subject, out var known))
            {
                if (known.Number >= entry.Number)
                    continue;
                numbers.Remove(known);
                ends.Remove(known);
                removed.Add(known);
            }

            entries[entry.Subject] = entry;
            numbers.Add(entry);
            ends.Add(entry);
            added.Add(entry);
        }

        return new(Math.Max(Last, last), entries.ToImmutable(), numbers.ToImmutable(), ends.ToImmutable(), rings.With(added, removed));
    }

    /// <summary>The next entries, under the next numbers.</summary>
    public RevocationFeed With(IReadOnlyList<Revocation> next) =>
        With(next.Select((revocation, n) => new FeedEntry(Last + 1 + n, revocation)), Last + next.Count);

    /// <summary>Without what no token can rest on any more; the same when there is none.</summary>
    public RevocationFeed Without(DateTimeOffset now)
    {
        if (ends.Count == 0 || ends[0].Revocation.Until > now)
            return this;
        var over = ends.TakeWhile(entry => entry.Revocation.Until <= now).ToArray();
        return new(Last, entries.RemoveRange(over.Select(entry => entry.Subject)), numbers.Except(over), ends.Except(over), rings.With([], over));
    }
}
