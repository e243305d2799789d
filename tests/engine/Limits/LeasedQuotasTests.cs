using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;
using Tumbler.Engine.Limits;
using Tumbler.Engine.Tests.Logging;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests.Limits;

public sealed class LeasedQuotasTests : IDisposable
{
    private static readonly QuotaRule Rule = new(100, TimeSpan.FromMinutes(1));
    private static readonly QuotaId Acme = new("admin", "acme");

    private readonly ManualClock clock = new(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));
    private readonly KeptLog log = new();
    private readonly LoggerFactory logging;
    private readonly Dictionary<QuotaId, QuotaLedger> ledgers = [];
    private readonly List<LeasedQuotas> silos = [];
    private readonly LedgerOwners owners;
    private readonly LeasedQuotas quotas;

    public LeasedQuotasTests()
    {
        logging = new LoggerFactory([log]);
        owners = new LedgerOwners(ledgers, clock);
        quotas = Silo(owners);
    }

    [Fact]
    public async Task One_process_lets_through_exactly_the_limit_however_many_ask_at_once()
    {
        using var installation = new Installation();
        var single = (LeasedQuotas)installation.NewNode().Get<IQuotas>();

        for (var minute = 0; minute < 3; minute++)
        {
            Assert.Equal(100, await Flood([single], 20, 50));
            installation.Clock.Advance(Rule.Window);
        }
    }

    [Fact]
    public async Task Three_silos_let_through_exactly_the_limit_together()
    {
        LeasedQuotas[] three = [quotas, Silo(new LedgerOwners(ledgers, clock, "b")), Silo(new LedgerOwners(ledgers, clock, "c"))];

        for (var minute = 0; minute < 3; minute++)
        {
            Assert.Equal(100, await Flood(three, 20, 50));
            clock.Advance(Rule.Window);
        }
    }

    [Fact]
    public async Task An_answer_says_how_much_is_left_and_when_there_is_more()
    {
        Assert.Equal(new QuotaAnswer(true, 100, 99, Rule.Window), await quotas.Take(Acme, Rule));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(new QuotaAnswer(true, 100, 98, TimeSpan.FromSeconds(40)), await quotas.Take(Acme, Rule));

        await Flood([quotas], 1, 98);
        Assert.Equal(new QuotaAnswer(false, 100, 0, TimeSpan.FromSeconds(40)), await quotas.Take(Acme, Rule));

        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(new QuotaAnswer(true, 100, 99, Rule.Window), await quotas.Take(Acme, Rule));
    }

    [Fact]
    public async Task Quotas_are_counted_apart()
    {
        await Flood([quotas], 1, 101);

        Assert.False((await quotas.Take(Acme, Rule)).Allowed);
        Assert.True((await quotas.Take(new QuotaId("audit", "acme"), Rule)).Allowed);
        Assert.True((await quotas.Take(new QuotaId("admin", "other"), Rule)).Allowed);
    }

    [Fact]
    public async Task All_who_wait_share_one_question()
    {
        var wire = new TaskCompletionSource();
        owners.Wire = wire.Task;

        var waiting = Enumerable.Range(0, 16).Select(_ => quotas.Take(Acme, Rule).AsTask()).ToArray();
        Assert.All(waiting, each => Assert.False(each.IsCompleted));
        Assert.Equal(1, owners.Asks);

        wire.SetResult();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.True(answer.Allowed));
        Assert.Equal(1, owners.Asks);
    }

    [Fact]
    public async Task Nobody_waits_while_there_are_tokens_nor_once_there_are_none()
    {
        await quotas.Take(Acme, Rule);
        owners.Wire = new TaskCompletionSource().Task;
        for (var i = 0; i < 15; i++)
            Assert.True(Now(quotas.Take(Acme, Rule)).Allowed);

        owners.Wire = Task.CompletedTask;
        await Flood([quotas], 1, 100);
        owners.Wire = new TaskCompletionSource().Task;
        var asks = owners.Asks;
        clock.Advance(Rule.Window - TimeSpan.FromTicks(1));
        Assert.False(Now(quotas.Take(Acme, Rule)).Allowed);
        Assert.Equal(asks, owners.Asks);
    }

    [Fact]
    public async Task A_lost_owner_neither_stops_this_silo_nor_leaves_it_unlimited()
    {
        Assert.Equal(16, await Flood([quotas], 1, 16));
        owners.Silent = true;

        Assert.Equal(17, await Flood([quotas], 4, 50));
        Assert.Equal(33, await Flood([quotas], 4, 50, new QuotaId("admin", "other")));

        var line = Assert.Single(log.Lines);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("admin/acme", line.Text, StringComparison.Ordinal);
        Assert.Contains("33 of 100", line.Text, StringComparison.Ordinal);

        clock.Advance(Rule.Window);
        Assert.Equal(33, await Flood([quotas], 4, 50));
    }

    [Fact]
    public async Task A_lost_owner_is_asked_again_while_nobody_waits_and_hears_what_it_missed()
    {
        owners.Silent = true;
        Assert.Equal(33, await Flood([quotas], 1, 40));
        var asks = owners.Asks;

        clock.Advance(HeldQuota.Retry);
        owners.Wire = new TaskCompletionSource().Task;
        Assert.False(Now(quotas.Take(Acme, Rule)).Allowed);
        Assert.False(Now(quotas.Take(Acme, Rule)).Allowed);
        Assert.Equal(asks + 1, owners.Asks);
    }

    [Fact]
    public async Task When_the_owner_is_back_the_limit_holds_again()
    {
        owners.Silent = true;
        Assert.Equal(33, await Flood([quotas], 1, 40));

        owners.Silent = false;
        clock.Advance(HeldQuota.Retry);
        Assert.False((await quotas.Take(Acme, Rule)).Allowed);
        Assert.Equal(67, await Flood([quotas], 4, 50));
    }

    [Fact]
    public async Task What_is_over_is_forgotten()
    {
        for (var i = 0; i < 100; i++)
            await quotas.Take(new QuotaId("admin", $"org{i}"), Rule);
        Assert.Equal(100, quotas.Count);

        clock.Advance(Rule.Window);
        await quotas.Take(Acme, Rule);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, quotas.Count);
    }

    [Fact]
    public async Task Made_up_names_get_no_memory_and_no_way_around_the_limit()
    {
        using var single = new Installation();
        var bounded = (LeasedQuotas)single.NewNode().Get<IQuotas>();
        for (var i = 0; i < LeasedQuotas.Most; i++)
            await bounded.Take(new QuotaId("auth", $"{i}"), Rule);

        var allowed = 0;
        for (var i = 0; i < 1_000; i++)
            allowed += (await bounded.Take(new QuotaId("auth", $"late {i}"), Rule)).Allowed ? 1 : 0;

        Assert.Equal((100, LeasedQuotas.Most + 1), (allowed, bounded.Count));
        Assert.True((await bounded.Take(new QuotaId("auth", "7"), Rule)).Allowed);
    }

    [Fact]
    public async Task Who_settles_gives_up_its_tokens()
    {
        await Flood([quotas], 1, 3);

        var known = quotas.Settle(Acme);

        Assert.Equal(new QuotaMemory(1, Rule.Window, 84, 16, new QuotaAccount("here", 1, 1, 3)), known);
        owners.Wire = new TaskCompletionSource().Task;
        var asking = quotas.Take(Acme, Rule).AsTask();
        Assert.False(asking.IsCompleted);
        Assert.Null(quotas.Settle(new QuotaId("admin", "other")));
    }

    [Fact]
    public void What_is_remembered_can_be_told()
    {
        var told = new QuotaMemory(4, TimeSpan.FromSeconds(30), 42, 0, null);

        quotas.Remember(Acme, told);

        Assert.Equal(told, quotas.Settle(Acme)! with { Account = null });
    }

    [Fact]
    public async Task Taking_allocates_nothing()
    {
        var rule = new QuotaRule(1_000_000_000, TimeSpan.FromMinutes(1));
        await quotas.Take(Acme, rule);
        Spend(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Spend(100_000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Spend(int times)
        {
            for (var i = 0; i < times; i++)
                Assert.True(Now(quotas.Take(Acme, rule)).Allowed);
        }
    }

    public void Dispose()
    {
        silos.ForEach(each => each.Dispose());
        logging.Dispose();
        log.Dispose();
    }

    private LeasedQuotas Silo(LedgerOwners way)
    {
        var silo = new LeasedQuotas(way, clock, logging.CreateLogger<LeasedQuotas>());
        silos.Add(silo);
        return silo;
    }

    /// <returns>How many were allowed.</returns>
    private static async Task<int> Flood(LeasedQuotas[] silos, int callers, int each, QuotaId? id = null)
    {
        var allowed = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                if ((await silos[caller % silos.Length].Take(id ?? Acme, Rule)).Allowed)
                    Interlocked.Increment(ref allowed);
            }
        })));
        return allowed;
    }

    private static QuotaAnswer Now(ValueTask<QuotaAnswer> taken)
    {
        Assert.True(taken.IsCompletedSuccessfully);
        return taken.GetAwaiter().GetResult();
    }
}
