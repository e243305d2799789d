using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;

namespace Tumbler.Core.Tests.Limits;

public class HeldQuotaTests
{
    private static readonly QuotaRule Rule = new(100, TimeSpan.FromMinutes(1));
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);
    private static readonly QuotaAccount Nothing = new("here", 1, 0, 0);

    [Fact]
    public void Of_what_nothing_is_known_the_owner_is_asked() => Assert.Equal(QuotaUse.Ask, default(HeldQuota).UseAt(Now));

    [Fact]
    public void Leased_tokens_are_spent_one_by_one_and_then_the_owner_is_asked()
    {
        var held = default(HeldQuota).Take(Lease(granted: 2, remaining: 98), Nothing, Now);

        Assert.Equal((QuotaUse.Spend, 100), (held.UseAt(Now), held.Remaining));
        held = held.Spend();
        Assert.Equal((QuotaUse.Spend, 99), (held.UseAt(Now), held.Remaining));
        held = held.Spend();
        Assert.Equal((QuotaUse.Ask, 98), (held.UseAt(Now), held.Remaining));
        Assert.Equal(new QuotaAccount("here", 2, 3, 2), held.Account("here", 2, Now));
    }

    [Fact]
    public void A_lease_ends_with_its_window_counted_from_the_question()
    {
        var held = default(HeldQuota).Take(Lease(granted: 2, remaining: 98), Nothing, Now);
        var end = Now + TimeSpan.FromSeconds(40);

        Assert.Equal(QuotaUse.Spend, held.UseAt(end - TimeSpan.FromTicks(1)));
        Assert.Equal(QuotaUse.Ask, held.UseAt(end));
        Assert.Equal(new QuotaAccount("here", 2, 3, 1), held.Spend().Account("here", 2, end));
    }

    [Fact]
    public void Who_is_told_to_pause_refuses_until_then()
    {
        var held = default(HeldQuota).Take(Lease(granted: 0, remaining: 0, pause: 5), Nothing, Now);

        Assert.Equal(QuotaUse.Refuse, held.UseAt(Now + TimeSpan.FromSeconds(4.9)));
        Assert.Equal(QuotaUse.Ask, held.UseAt(Now + TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Without_an_owner_a_silo_has_its_fair_share_and_no_more()
    {
        var held = default(HeldQuota).FairShare(Rule, 3, Now);

        Assert.Equal((33, true), (Drain(ref held, Now), held.IsAlone));
        Assert.Equal((QuotaUse.Refuse, 0), (held.UseAt(Now), held.Remaining));

        held = held.FairShare(Rule, 3, Now + TimeSpan.FromSeconds(59));
        Assert.Equal(0, Drain(ref held, Now + TimeSpan.FromSeconds(59)));

        held = held.FairShare(Rule, 3, Now + TimeSpan.FromSeconds(60));
        Assert.Equal(33, Drain(ref held, Now + TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData(10, 23)]
    [InlineData(33, 0)]
    [InlineData(40, 0)]
    public void What_was_spent_before_the_owner_was_lost_counts(int spent, int left)
    {
        var held = default(HeldQuota).Take(Lease(granted: spent, remaining: 100 - spent), Nothing, Now);
        Drain(ref held, Now);

        held = held.FairShare(Rule, 3, Now);

        Assert.Equal(left, Drain(ref held, Now));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(100, 0)]
    public void Everybody_has_at_least_one(int limit, int silos)
    {
        var held = default(HeldQuota).FairShare(new QuotaRule(limit, Rule.Window), silos, Now);

        Assert.Equal(silos == 0 ? 100 : 1, Drain(ref held, Now));
    }

    [Fact]
    public void A_lost_owner_is_tried_again_a_second_later_and_nobody_waits_for_it()
    {
        var held = default(HeldQuota).FairShare(Rule, 3, Now);

        Assert.False(held.IsRetryDue(Now + TimeSpan.FromSeconds(0.9)));
        Assert.True(held.IsRetryDue(Now + HeldQuota.Retry));
        Drain(ref held, Now);
        Assert.Equal(QuotaUse.Refuse, held.UseAt(Now + HeldQuota.Retry));
    }

    [Fact]
    public void What_was_spent_while_the_owner_was_asked_counts_against_its_lease()
    {
        var held = default(HeldQuota).FairShare(Rule, 3, Now).Spend();
        var asked = held.Account("here", 1, Now);

        held = held.Spend().Spend().Take(Lease(granted: 5, remaining: 80) with { Charged = 1 }, asked, Now);

        Assert.Equal((83, false), (held.Remaining, held.IsAlone));
        Assert.Equal(3, held.Account("here", 2, Now).Spent);
    }

    [Fact]
    public void Who_settles_says_what_it_knows_and_holds_nothing_more()
    {
        var held = default(HeldQuota).Take(Lease(granted: 16, remaining: 84), Nothing, Now).Spend();

        (held, var known) = held.Settle("here", 1, Now + TimeSpan.FromSeconds(10));

        Assert.Equal(new QuotaMemory(3, TimeSpan.FromSeconds(30), 84, 16, new QuotaAccount("here", 1, 3, 1)), known);
        Assert.Equal((QuotaUse.Ask, 99), (held.UseAt(Now + TimeSpan.FromSeconds(10)), held.Remaining));
        Assert.Equal(known with { Remaining = 99, Leased = 1 }, held.Settle("here", 1, Now + TimeSpan.FromSeconds(10)).Known);
    }

    [Fact]
    public void Who_gave_its_share_back_to_an_owner_that_is_there_again_asks_it_before_it_refuses()
    {
        var held = default(HeldQuota).FairShare(Rule, 3, Now).Spend();

        (held, var known) = held.Settle("here", 1, Now);
        Assert.Equal((QuotaUse.Ask, 1), (held.UseAt(Now), known.Account!.Spent));

        // When it does not answer after all, the rest of the share is as good as before; when there is none, that is an answer too.
        held = held.FairShare(Rule, 3, Now);
        Assert.Equal((32, QuotaUse.Refuse), (Drain(ref held, Now), held.UseAt(Now)));

        (held, _) = held.Settle("here", 2, Now);
        Assert.Equal(QuotaUse.Ask, held.UseAt(Now));
        Assert.Equal(QuotaUse.Refuse, held.FairShare(Rule, 3, Now).UseAt(Now));
        Assert.Equal(QuotaUse.Spend, held.Take(Lease(granted: 5, remaining: 62), held.Account("here", 2, Now), Now).UseAt(Now));
    }

    [Fact]
    public void What_another_silo_was_given_is_kept_in_mind()
    {
        var told = new QuotaMemory(3, TimeSpan.FromSeconds(40), 70, 0, null);

        var held = default(HeldQuota).Remember(told, Now);
        var (_, known) = held.Settle("here", 0, Now);
        Assert.Equal((QuotaUse.Ask, told), (held.UseAt(Now), known with { Account = null }));

        held = held.Take(Lease(granted: 9, remaining: 61), Nothing, Now).Remember(told with { Remaining = 50 }, Now);
        Assert.Equal(59, held.Remaining);
        Assert.Equal(held, held.Remember(told with { Window = 2 }, Now));
    }

    private static int Drain(ref HeldQuota held, TimeSpan now)
    {
        var spent = 0;
        for (; held.UseAt(now) == QuotaUse.Spend; spent++)
            held = held.Spend();
        return spent;
    }

    private static QuotaLease Lease(int granted, int remaining, double pause = 0) =>
        new(3, TimeSpan.FromSeconds(40), 0, granted, remaining, TimeSpan.FromSeconds(pause));
}
