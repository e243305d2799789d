using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;

namespace Tumbler.Core.Tests.Limits;

public class QuotaLedgerTests
{
    private static readonly QuotaRule Rule = new(100, TimeSpan.FromMinutes(1));
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);

    [Fact]
    public void Leases_are_generous_at_first_and_single_tokens_in_the_end()
    {
        var ledger = QuotaLedger.Empty;
        var sizes = new List<int>();
        for (var turn = 1; sizes.LastOrDefault(1) > 0; turn++)
        {
            (ledger, var lease) = ledger.Grant(Ask($"silo {turn}", turn), Now, 3);
            sizes.Add(lease.Granted);
        }

        Assert.Equal([16, 14, 11, 9, 8, 7, 5, 5, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0], sizes);
    }

    [Fact]
    public void The_only_silo_is_given_all_of_it()
    {
        var (_, lease) = QuotaLedger.Empty.Grant(Ask("a", 1), Now, 1);

        Assert.Equal(new QuotaLease(1, Rule.Window, 0, 100, 0, Rule.Window), lease);
    }

    [Fact]
    public void A_window_opens_with_the_first_ask_and_the_next_one_with_the_first_after_its_end()
    {
        var (ledger, first) = QuotaLedger.Empty.Grant(Ask("a", 1), Now, 3);
        (ledger, var second) = ledger.Grant(Ask("a", 2, 1, 16), Now + TimeSpan.FromSeconds(59), 3);
        (ledger, var third) = ledger.Grant(Ask("a", 3), Now + TimeSpan.FromSeconds(75), 3);
        (_, var fourth) = ledger.Grant(Ask("b", 4), Now + TimeSpan.FromSeconds(76), 3);

        Assert.Equal((1, 60, 16), (first.Window, first.Rest.TotalSeconds, first.Granted));
        Assert.Equal((1, 1, 14), (second.Window, second.Rest.TotalSeconds, second.Granted));
        Assert.Equal((2, 60, 16), (third.Window, third.Rest.TotalSeconds, third.Granted));
        Assert.Equal((2, 59, 14), (fourth.Window, fourth.Rest.TotalSeconds, fourth.Granted));
    }

    [Fact]
    public void What_a_silo_did_not_spend_is_the_others_when_it_asks_again()
    {
        var (ledger, lease) = QuotaLedger.Empty.Grant(Ask("a", 1), Now, 3);
        (_, var again) = ledger.Grant(Ask("a", 2, 1, 0), Now, 3);

        Assert.Equal(lease, again);
    }

    [Fact]
    public void An_ask_that_arrives_after_a_later_one_changes_nothing()
    {
        var (ledger, _) = QuotaLedger.Empty.Grant(Ask("a", 2, 1, 50), Now, 3);
        var (after, lease) = ledger.Grant(Ask("a", 1), Now, 3);

        Assert.Equal((0, ledger), (lease.Granted, after));
    }

    [Fact]
    public void An_exhausted_quota_is_not_asked_for_before_the_window_is_over()
    {
        var (ledger, _) = QuotaLedger.Empty.Grant(Ask("a", 1, 0, 100), Now, 3);
        (_, var lease) = ledger.Grant(Ask("b", 2), Now + TimeSpan.FromSeconds(20), 3);

        Assert.Equal(new QuotaLease(1, TimeSpan.FromSeconds(40), 0, 0, 0, TimeSpan.FromSeconds(40)), lease);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(59.5, 0.5)]
    public void While_another_silo_holds_tokens_it_is_asked_for_once_a_second(double second, double pause)
    {
        var (ledger, _) = QuotaLedger.Empty.Grant(Ask("a", 1), Now, 3);
        (ledger, _) = ledger.Grant(Ask("b", 2, 0, 84), Now, 3);
        (_, var lease) = ledger.Grant(Ask("c", 3), Now + TimeSpan.FromSeconds(second), 3);

        Assert.Equal((0, pause), (lease.Granted, lease.Pause.TotalSeconds));
    }

    [Fact]
    public void What_an_idle_silo_gives_up_is_given_to_the_others()
    {
        var (ledger, _) = QuotaLedger.Empty.Grant(Ask("a", 1), Now, 3);
        (ledger, _) = ledger.Grant(Ask("b", 2, 0, 84), Now, 3);
        var later = Now + QuotaLedger.Idle;

        Assert.Empty(ledger.IdleAt(later - TimeSpan.FromTicks(1)));
        Assert.Equal(["a"], ledger.IdleAt(later));

        (_, var lease) = ledger.Settle(new QuotaAccount("a", 1, 1, 6), later).Grant(Ask("b", 3, 1, 84), later, 3);
        Assert.Equal((1, 9), (lease.Granted, lease.Remaining));
    }

    [Fact]
    public void What_a_lost_silo_held_is_lost_and_not_asked_for_again()
    {
        var (ledger, _) = QuotaLedger.Empty.Grant(Ask("a", 1), Now, 3);
        (ledger, _) = ledger.Grant(Ask("b", 2, 0, 84), Now, 3);
        var later = Now + QuotaLedger.Idle;
        ledger = ledger.WriteOff("a");

        Assert.Empty(ledger.IdleAt(later));
        (_, var lease) = ledger.Grant(Ask("b", 3, 1, 84), later, 3);
        Assert.Equal((0, 58), (lease.Granted, lease.Pause.TotalSeconds));
    }

    [Fact]
    public void Another_limit_holds_at_once_and_another_length_from_the_next_window_on()
    {
        var (ledger, _) = QuotaLedger.Empty.Grant(Ask("a", 1), Now, 1);
        (ledger, var lower) = ledger.Grant(Ask("a", 2, 1, 5) with { Rule = new QuotaRule(10, TimeSpan.FromHours(1)) }, Now, 1);
        (_, var next) = ledger.Grant(Ask("a", 3) with { Rule = new QuotaRule(10, TimeSpan.FromHours(1)) }, Now + Rule.Window, 1);

        Assert.Equal((5, 60), (lower.Granted, lower.Rest.TotalSeconds));
        Assert.Equal((10, 3600), (next.Granted, next.Rest.TotalSeconds));
    }

    [Fact]
    public void A_new_owner_goes_on_where_the_lost_one_was()
    {
        var (rest, earlier) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(29));
        var ledger = QuotaLedger.Recover(
            [
                new QuotaMemory(7, earlier, 70, 14, new QuotaAccount("b", 5, 7, 4)),
                new QuotaMemory(7, rest, 59, 11, new QuotaAccount("c", 6, 7, 11)),
                new QuotaMemory(6, TimeSpan.Zero, 0, 50, new QuotaAccount("d", 1, 6, 50)),
            ],
            Rule,
            Now);
        var (_, lease) = ledger.Grant(Ask("d", 7), Now, 1);

        // 15 spent by the living, 16 had by the lost one.
        Assert.Equal(new QuotaLease(7, rest, 0, 69, 0, rest), lease);
    }

    [Fact]
    public void A_new_owner_knows_what_was_let_through_without_any()
    {
        var ledger = QuotaLedger.Recover(
            [new QuotaMemory(0, TimeSpan.FromSeconds(50), 100, 0, new QuotaAccount("b", 5, 0, 33))], Rule, Now);
        var (_, lease) = ledger.Grant(Ask("c", 6, 0, 20), Now, 1);

        Assert.Equal((47, 50, 20), (lease.Granted, lease.Rest.TotalSeconds, lease.Charged));
    }

    [Fact]
    public void Where_nobody_knows_of_a_window_that_still_is_a_new_one_opens()
    {
        var over = new QuotaMemory(7, TimeSpan.Zero, 0, 50, new QuotaAccount("a", 1, 7, 50));

        var (_, first) = QuotaLedger.Recover([], Rule, Now).Grant(Ask("a", 1), Now, 1);
        var (_, next) = QuotaLedger.Recover([over], Rule, Now).Grant(Ask("a", 2, 7, 50), Now, 1);

        Assert.Equal((1, 100), (first.Window, first.Granted));
        Assert.Equal((8, 100), (next.Window, next.Granted));
    }

    private static QuotaAsk Ask(string holder, long turn, long window = 0, int spent = 0) =>
        new(Rule, new QuotaAccount(holder, turn, window, spent));
}
