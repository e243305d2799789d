using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public sealed class PrunePlanTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", 0)]
    [InlineData("o", 0)]
    [InlineData("oo", 1)]
    [InlineData("ooo", 2)]
    [InlineData("oon", 2)]
    [InlineData("oonn", 2)]
    [InlineData("n", 0)]
    [InlineData("no", 0)]
    [InlineData("onoo", 1)]
    [InlineData("nooo", 0)]
    public void Old_entries_go_from_the_first_on_without_a_gap_and_never_the_last(string ages, long expected)
    {
        var plan = new PrunePlan(Day);
        foreach (var chain in (string[])["a", "b", "c"])
            See(plan, chain, ages, first: 5);

        var points = plan.Points();

        Assert.Equal(expected == 0 ? [] : (string[])["a", "b", "c"], points.Select(point => point.Chain));
        Assert.All(points, point => Assert.Equal((5, new AuditHead(4 + expected, $"hash {4 + expected}")), (point.First, point.Last)));
    }

    [Fact]
    public void The_day_itself_is_kept()
    {
        var plan = new PrunePlan(Day);
        plan.See(Entry("a", 1, Day.AddMilliseconds(-1)));
        plan.See(Entry("a", 2, Day));
        plan.See(Entry("a", 3, Day));

        Assert.Equal(1, Assert.Single(plan.Points()).Last.Seq);
    }

    [Fact]
    public void An_anchor_beyond_what_is_signed_does_not_verify()
    {
        var (anchor, signed) = (new AuditHead(3, "3"), new AuditHead(3, "3"));
        Assert.Equal(("a", 3), Place(new AuditLogVerifier(null).Open(new ChainEnds("a", signed, signed, anchor))));
        Assert.Equal(("a", 3), Place(new AuditLogVerifier(null).Open(new ChainEnds("a", signed, Signed: null, anchor))));
        Assert.Null(new AuditLogVerifier(null).Open(new ChainEnds("a", signed, signed, anchor with { Seq = 2 })));
    }

    [Fact]
    public void An_anchor_without_a_head_is_a_chain_without_an_owner()
    {
        ChainHead[] heads = [new("b", new AuditHead(4, "4")), new("d", new AuditHead(4, "4"))];
        ChainHead[] anchors = [new("a", new AuditHead(1, "1")), new("b", new AuditHead(2, "2")), new("c", new AuditHead(3, "3")), new("e", new AuditHead(3, "3"))];

        var ends = AnchoredChains.Of(heads, anchors).ToArray();

        Assert.Equal([("a", null, 1L), ("b", 4L, 2L), ("c", null, 3L), ("d", 4L, null), ("e", null, 3L)],
            ends.Select(each => (each.Chain, each.Owner?.Seq, each.Anchor?.Seq)));
    }

    private static void See(PrunePlan plan, string chain, string ages, long first)
    {
        foreach (var (index, age) in ages.Index())
            plan.See(Entry(chain, first + index, age == 'o' ? Day.AddDays(-1) : Day.AddDays(1)));
    }

    private static (string?, long?) Place(AuditFault? fault) => (fault?.Chain, fault?.Seq);

    private static AuditEntry Entry(string chain, long seq, DateTimeOffset time) => new(
        chain, seq, time, null, Actor.Administrator, AuditAction.Update, AuditResource.Ring, "r", AuditStatus.Success, "q", "s",
        new Dictionary<string, string>(), $"hash {seq - 1}", $"hash {seq}", "");
}
