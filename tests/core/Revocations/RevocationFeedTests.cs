using FsCheck;
using FsCheck.Fluent;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Revocations;
using Tumbler.Core.Tests.Tokens;

namespace Tumbler.Core.Tests.Revocations;

public sealed class RevocationFeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Which of twelve subjects, whether it is lifted, and in how many minutes it is over.</summary>
    private static readonly Gen<(int Subject, bool Lifted, int Minutes)> AnyStep =
        from subject in Gen.Choose(0, 11)
        from lifted in Gen.Choose(0, 3)
        from minutes in Gen.Choose(1, 60)
        select (subject, lifted == 0, minutes);

    [Fact]
    public void In_whatever_order_and_however_often_news_come_it_is_the_same_in_the_end() => Always((entries, random) =>
    {
        var inOrder = RevocationFeed.Empty.With([.. entries.Select(entry => entry.Revocation)]);
        var feed = RevocationFeed.Empty;
        FeedEntry[] shuffled = [.. entries, .. entries];
        random.Shuffle(shuffled);
        foreach (var part in shuffled.Chunk(3))
            feed = feed.With(part, part.Max(entry => entry.Number));

        Assert.Equal(inOrder.Last, feed.Last);
        Assert.Equal(inOrder.Since(0), feed.Since(0));
        Assert.Equal(inOrder.Count, feed.Count);
    });

    [Fact]
    public void Who_hears_of_what_came_after_a_number_knows_all_there_is() => Always((entries, random) =>
    {
        var whole = RevocationFeed.Empty.With(entries, entries.Length);
        var number = random.Next(entries.Length + 1);
        var part = RevocationFeed.Empty.With(entries[..number], number);

        Assert.Equal(whole.Since(0), part.With(whole.Since(number), whole.Last).Since(0));
        Assert.All(whole.Since(number), entry => Assert.True(entry.Number > number));
    });

    [Fact]
    public void Of_a_ring_it_tells_what_concerns_that_one_also_when_much_is_over() => Always((entries, random) =>
    {
        var number = random.Next(entries.Length + 1);
        var whole = RevocationFeed.Empty.With(entries, entries.Length);
        foreach (var feed in (RevocationFeed[])[whole, whole.Without(Now.AddMinutes(random.Next(70)))])
        {
            foreach (var ring in (RingId[])[RingId.Default, RingId.Parse("other")])
            {
                FeedEntry[] concern = [.. feed.Since(0).Where(entry => entry.Subject.Concerns(ring))];
                Assert.Equal(concern.Where(entry => entry.Number > number), feed.Since(ring, number));
                Assert.Equal(concern.LastOrDefault(entry => entry.Number <= number)?.Number ?? 0, feed.LastOf(ring, number));
                Assert.Equal(concern.LastOrDefault()?.Number ?? 0, feed.LastOf(ring));
            }
        }
    });

    [Fact]
    public void The_last_word_about_a_subject_counts() => Always((entries, _) =>
    {
        var feed = RevocationFeed.Empty.With(entries, entries.Length);
        foreach (var subject in Enumerable.Range(0, 12).Select(Subject))
            Assert.Equal(entries.LastOrDefault(entry => entry.Subject == subject) is { Revocation.Lifted: false }, feed.Has(subject));
    });

    [Fact]
    public void What_is_over_is_gone_and_nothing_else() => Always((entries, random) =>
    {
        var (feed, now) = (RevocationFeed.Empty.With(entries, entries.Length), Now.AddMinutes(random.Next(70)));

        var left = feed.Without(now);

        Assert.Equal(feed.Since(0).Where(entry => entry.Revocation.Until > now), left.Since(0));
        Assert.Equal((feed.Last, left.Since(0).Count()), (left.Last, left.Count));
        Assert.Same(left, left.Without(now));
    });

    [Fact]
    public void Each_kind_is_matched_with_what_it_is_about_and_in_its_ring_alone()
    {
        var (ring, other, kid, claims) = (RingId.Default, RingId.Parse("other"), Samples.Kid(1), Samples.Claims);
        var token = new RevocationSubject(RevocationKind.Token, claims.TokenId, ring);
        var key = new RevocationSubject(RevocationKind.Key, kid.ToString(), ring);
        var client = new RevocationSubject(RevocationKind.Client, claims.ClientId, null);
        var organization = new RevocationSubject(RevocationKind.Organization, claims.Organization, null);

        foreach (var subject in (RevocationSubject[])[token, key, client, organization])
        {
            var feed = RevocationFeed.Empty.With([new Revocation(subject, Now)]);
            Assert.True(feed.Covers(ring, claims, kid), $"{subject}");
            Assert.Equal(subject.Ring is null, feed.Covers(other, claims, kid));
            Assert.False(feed.With([new Revocation(subject, Now, Lifted: true)]).Covers(ring, claims, kid));
            Assert.False(feed.Covers(ring, claims with { TokenId = "x", ClientId = "x", Organization = "x" }, Samples.Kid(2)));

            // The same letters in another place mean something else.
            Assert.False(RevocationFeed.Empty.With([new Revocation(subject with { Id = "x" }, Now)]).Covers(ring, claims, kid));
        }

        Assert.False(RevocationFeed.Empty.Covers(ring, claims, kid));
    }

    [Fact]
    public void A_hundred_thousand_entries_take_another_one_at_once()
    {
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var feed = RevocationFeed.Empty.With(Enumerable.Range(1, 100_000).Select(n =>
            new FeedEntry(n, new Revocation(new(RevocationKind.Token, $"t-{n}", RingId.Default), Now.AddSeconds(n)))), 100_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{(GC.GetTotalMemory(forceFullCollection: true) - held) / 1e6:F0} MB for all");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var n = 0; n < 100; n++)
            feed = feed.With([new Revocation(new(RevocationKind.Token, $"late {n}", RingId.Default), Now.AddYears(1))]).Without(Now.AddSeconds(n));

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes for one more");
        Assert.InRange(each, 1, 20_000);
        Assert.Equal(100_001, feed.Count);
        Assert.Equal([100_099L, 100_100L], feed.Since(100_098).Select(entry => entry.Number));
    }

    private static RevocationSubject Subject(int number) => new((RevocationKind)(number % 4), $"id {number / 4}", number % 4 < 2 ? RingId.Default : null);

    private static void Always(Action<FeedEntry[], Random> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20261121, 9),
        Prop.ForAll(AnyStep.ArrayOf().ToArbitrary(), steps =>
        {
            var entries = steps.Select((step, n) => new FeedEntry(
                n + 1, new Revocation(Subject(step.Subject), Now.AddMinutes(step.Minutes), step.Lifted))).ToArray();
            holds(entries, new Random(steps.Length));
        }));
}
