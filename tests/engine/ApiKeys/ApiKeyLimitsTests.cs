using System.Net;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Limits;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Limits;

namespace Tumbler.Engine.Tests.ApiKeys;

public sealed class ApiKeyLimitsTests : IAsyncLifetime
{
    private static readonly CreateApiKey Thrice = new("service", ["read"], RateLimit: new RateLimit(3, "PT1M"));

    private readonly Installation installation = new();
    private Node node = null!;
    private Client limited = null!;

    public async ValueTask InitializeAsync()
    {
        node = await installation.StartNode();
        limited = await node.NewClient(key: Thrice);
    }

    public ValueTask DisposeAsync()
    {
        installation.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_key_is_used_so_often_wherever_it_is_shown()
    {
        Assert.Equal(new QuotaState(3, 2, 60), (await node.ApiKeys.Verify(new VerifyApiKey(limited.Key))).RateLimit);
        (await node.Tokens.Issue(RingId.Default, limited.Request()))!.Value.TryGet(out var token, out _);
        Assert.Equal(new QuotaState(3, 1, 60), token!.RateLimit);
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(limited.Key))).Valid);

        installation.Clock.Advance(TimeSpan.FromSeconds(15.5));
        Assert.Equal(
            ApiKeyVerdict.Refused(ApiKeyVerdict.RateLimited) with { RateLimit = new QuotaState(3, 0, 45) },
            await node.ApiKeys.Verify(new VerifyApiKey(limited.Key)));
        (await node.Tokens.Issue(RingId.Default, limited.Request()))!.Value.TryGet(out _, out var refused);
        Assert.Equal(new QuotaState(3, 0, 45), refused!.RateLimit);

        installation.Clock.Advance(TimeSpan.FromSeconds(45));
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(limited.Key))).Valid);
    }

    [Fact]
    public async Task What_is_refused_is_a_security_event_of_the_key()
    {
        for (var n = 0; n < 5; n++)
            await node.ApiKeys.Verify(new VerifyApiKey(limited.Key));
        var tally = Assert.Single(node.Get<SecurityEvents>().Take()!.Tallies);
        Assert.Equal((SecurityReason.RateLimited, limited.Id, 2L), (tally.First.Reason, tally.First.Key!.Value, tally.Count));
    }

    [Fact]
    public async Task Keys_are_counted_apart_and_those_without_a_limit_not_at_all()
    {
        var other = await node.NewKey("acme", Thrice);
        var free = await node.NewKey("acme");
        for (var n = 0; n < 4; n++)
            await node.ApiKeys.Verify(new VerifyApiKey(limited.Key));
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(other.Key))).Valid);
        var verdict = await node.ApiKeys.Verify(new VerifyApiKey(free.Key));
        Assert.Equal((true, null), (verdict.Valid, verdict.RateLimit));
    }

    [Fact]
    public async Task A_key_that_may_not_do_it_uses_nothing_up()
    {
        for (var n = 0; n < 5; n++)
            await node.ApiKeys.Verify(new VerifyApiKey(limited.Key, ["write"]));
        Assert.Equal(2, (await node.ApiKeys.Verify(new VerifyApiKey(limited.Key))).RateLimit!.Remaining);
    }

    [Fact]
    public async Task The_limit_is_changed_taken_away_and_kept_over_a_restart()
    {
        Node.Admitted(await node.ApiKeys.Change(limited.Org, limited.Id, new ChangeApiKey(RateLimit: new RateLimit(1000, "PT24H")), Installation.Call()));
        installation.Restart();
        node = await installation.StartNode();
        Assert.Equal(999, (await node.ApiKeys.Verify(new VerifyApiKey(limited.Key))).RateLimit!.Remaining);

        var view = Node.Admitted(await node.ApiKeys.Change(limited.Org, limited.Id, new ChangeApiKey(RateLimit: new RateLimit()), Installation.Call()));
        Assert.Null(view.RateLimit);
        Assert.Null((await node.ApiKeys.Verify(new VerifyApiKey(limited.Key))).RateLimit);
        Assert.DoesNotContain("rate_limit\":null", installation.JournalText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_an_address_where_too_much_failed_the_store_is_not_asked()
    {
        var known = await node.NewClient("known");
        await node.ApiKeys.Verify(new VerifyApiKey(known.Key));
        using var elsewhere = new Installation();
        var unknown = await elsewhere.NewNode().NewClient("nobody");
        for (var n = 0; n < 60; n++)
            node.Get<FailedAttempts>().Add(IPAddress.Parse("198.51.100.1"));
        installation.Store.Away = true;

        var attacker = new RequestOrigin("r", "198.51.100.1", "-");
        Assert.False((await Node.AtOnce(node.ApiKeys.Verify(new VerifyApiKey(unknown.Key), attacker))).Valid);
        Assert.True((await Node.AtOnce(node.ApiKeys.Verify(new VerifyApiKey(known.Key), attacker))).Valid);
        await Assert.ThrowsAsync<Engine.Store.StoreUnavailableException>(
            async () => await node.ApiKeys.Verify(new VerifyApiKey(unknown.Key), attacker with { Source = "198.51.100.2" }));
    }
}
