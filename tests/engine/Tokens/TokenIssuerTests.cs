using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Engine.Tests.Tokens;

public sealed class TokenIssuerTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task A_token_says_who_may_do_what_where_and_how_long()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient(key: new CreateApiKey("service", ["read", "write"], ["https://api.example", "https://b.example"]));

        (await node.Tokens.Issue(RingId.Default, client.Request("read")))!.Value.TryGet(out var issued, out _);

        var claims = node.Verify(issued!.AccessToken).Claims;
        Assert.Equal((300, "read"), (issued.ExpiresIn, issued.Scope));
        Assert.Equal((Installation.Issuer, client.Id.ToString(), client.Id.ToString(), "read", "acme"),
            (claims.Issuer, claims.Subject, claims.ClientId, claims.Scope, claims.Organization));
        Assert.Equal(["https://api.example"], claims.Audiences);
        Assert.Equal((installation.Clock.Now, installation.Clock.Now, installation.Clock.Now.AddMinutes(5)),
            (claims.IssuedAt, claims.NotBefore, claims.ExpiresAt));
        Assert.NotEqual(claims.TokenId, node.Verify(await node.Token(client)).Claims.TokenId);
    }

    [Fact]
    public async Task An_RSA_ring_signs_tokens_that_verify_too()
    {
        var node = await installation.StartNode(System.Collections.Frozen.FrozenDictionary<RingId, PutRing>.Empty);
        var client = await node.NewClient();

        Assert.Equal("acme", node.Verify(await node.Token(client)).Claims.Organization);
    }

    [Fact]
    public async Task Every_client_that_is_not_accepted_gets_the_very_same_refusal()
    {
        var node = await installation.StartNode();
        var good = await node.NewClient();
        var sibling = await node.NewKey("acme");
        var revoked = await node.NewKey("acme");
        Node.Admitted(await node.ApiKeys.Revoke(good.Org, revoked.Id, Installation.Call()));
        var expired = await node.NewKey("acme", new CreateApiKey("short", ExpiresAt: "2026-03-01T12:00:01Z"));
        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        var suspended = await node.NewClient("suspended");
        Node.Admitted(await node.Organizations.Update(suspended.Org, new UpdateOrganization(Status: "suspended"), Installation.Call()));
        var deleted = await node.NewClient("deleted");
        Node.Admitted(await node.Organizations.Delete(deleted.Org, Installation.Call()));
        var bound = await node.NewKey("acme", new CreateApiKey("bound", AllowedAddresses: ["198.51.100.0/24"]));
        using var elsewhere = new Installation();
        var unknown = await elsewhere.NewNode().NewClient();
        var nobody = await elsewhere.NewNode().NewClient("nobody");
        TokenRequest[] refused =
        [
            unknown.Request(), nobody.Request(), revoked.Request(), expired.Request(), suspended.Request(), deleted.Request(),
            bound.Request(), bound.Request(address: ""), bound.Request(address: "nowhere"),
            (good with { Id = sibling.Id }).Request(), (good with { Id = new ApiKeyId(Chance.Uuid()) }).Request(),
            good.Request() with { ClientId = good.Id.ToString().ToUpperInvariant() }, good.Request() with { ClientId = "" },
            (good with { Key = good.Key[..^1] }).Request(), (good with { Key = good.Key + "A" }).Request(), (good with { Key = "" }).Request(),
            unknown.Request("nonsense scope \""),
        ];

        var errors = new List<OAuthError?>();
        foreach (var request in refused)
        {
            (await node.Tokens.Issue(RingId.Default, request))!.Value.TryGet(out _, out var error);
            errors.Add(error);
        }

        Assert.Equal(OAuthErrorCode.InvalidClient, Assert.Single(errors.Distinct())?.Code);
        Assert.Null(await node.TokenError(good.Request()));
        Assert.Null(await node.TokenError(bound.Request(address: "198.51.100.7")));
    }

    [Fact]
    public async Task What_was_not_granted_is_refused_by_name()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient(key: new CreateApiKey("service", ["read"], ["https://api.example"]));

        Assert.Equal(OAuthErrorCode.InvalidScope, await node.TokenError(client.Request("read write")));
        Assert.Equal(OAuthErrorCode.InvalidTarget, await node.TokenError(client.Request() with { Resources = ["https://other.example"] }));
        Assert.Null(await node.TokenError(client.Request("read") with { Resources = ["https://api.example"] }));
    }

    [Fact]
    public async Task There_are_no_tokens_of_a_ring_that_is_not_there()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();

        Assert.Null(await node.Tokens.Issue(RingId.Parse("nobody"), client.Request()));
    }

    [Fact]
    public async Task A_token_lives_no_longer_than_its_ring_allows()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var ring = RingId.Parse("orders");
        Node.Admitted(await node.Rings.Put(ring, new PutRing("ES256", MaxTokenLifetime: "PT40S"), Installation.Call()));

        (await node.Tokens.Issue(ring, client.Request()))!.Value.TryGet(out var token, out _);

        Assert.Equal(40, token!.ExpiresIn);
        Assert.Equal(Installation.Issuer + "/rings/orders", node.Verify(token.AccessToken, ring).Claims.Issuer);
    }

    [Fact]
    public async Task A_token_is_over_for_every_verifier_before_its_key_is_unpublished()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        await node.Token(client);
        var last = (await installation.Ring(RingId.Default)).Keys[1];
        installation.Store.Away = true;

        foreach (var (before, seconds) in (( int, int)[])[(700, 300), (500, 200), (331, 31), (330, 30)])
        {
            installation.Clock.Now = last.ExpiresAt.AddSeconds(-before);
            (await node.Tokens.Issue(RingId.Default, client.Request()))!.Value.TryGet(out var token, out _);
            Assert.Equal(seconds, token!.ExpiresIn);
            Assert.True(node.Verify(token.AccessToken).Claims.ExpiresAt.AddMinutes(5) <= last.ExpiresAt);
        }
    }

    [Fact]
    public async Task In_the_steady_state_the_answer_is_there_at_once()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        await node.Token(client);
        installation.Store.Away = true;
        var (loads, saves) = (installation.Store.Organizations.Loads, installation.Store.Rings.Saves);

        for (var i = 0; i < 100; i++)
        {
            var answer = await Node.AtOnce(node.Tokens.Issue(RingId.Default, client.Request()));
            Assert.True(answer!.Value.TryGet(out _, out _));
        }

        Assert.Equal((loads, saves), (installation.Store.Organizations.Loads, installation.Store.Rings.Saves));
    }

    [Fact]
    public async Task A_ring_that_slept_for_a_week_heals_on_first_use()
    {
        var client = await (await installation.StartNode()).NewClient();
        installation.Restart();
        installation.Clock.Advance(TimeSpan.FromDays(7));
        var node = installation.NewNode();

        var verified = node.Verify(await node.Token(client));

        Assert.Equal(installation.Clock.Now, verified.Claims.IssuedAt);
        var ring = await installation.Ring(RingId.Default);
        Assert.Equal((KeyOrigin.Hurried, verified.Kid), (ring.SignerAt(installation.Clock.Now)!.Origin, ring.SignerAt(installation.Clock.Now)!.Kid));
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Who_is_no_client_neither_wakes_a_ring_nor_learns_that_it_sleeps()
    {
        var client = await (await installation.StartNode()).NewClient();
        installation.Clock.Advance(TimeSpan.FromDays(7));
        var node = installation.NewNode();
        var before = await installation.Ring(RingId.Default);

        Assert.Equal(OAuthErrorCode.InvalidClient, await node.TokenError((client with { Key = client.Key[..^1] }).Request()));
        Assert.Equal(OAuthErrorCode.InvalidClient, await node.TokenError((client with { Id = new ApiKeyId(Chance.Uuid()) }).Request()));

        Assert.Equal(before.AuditHead, (await installation.Ring(RingId.Default)).AuditHead);
    }

    [Fact]
    public async Task Of_many_first_uses_of_a_ring_that_slept_one_heals_it()
    {
        var client = await (await installation.StartNode()).NewClient();
        installation.Clock.Advance(TimeSpan.FromDays(7));
        var node = installation.NewNode();
        var saves = installation.Store.Rings.Saves;

        var kids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => node.Verify(await node.Token(client)).Kid)));

        Assert.Single(kids.Distinct());
        Assert.Equal(saves + 1, installation.Store.Rings.Saves);
    }

    [Fact]
    public async Task A_token_costs_less_than_four_kilobytes_of_memory()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient(key: new CreateApiKey("service", ["read", "write"], ["https://api.example"]));
        var request = client.Request("read");
        const int count = 1_000;
        await Issue();

        // Nothing here waits, so all of it happens on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
            await Issue();
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / count;

        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes per token");
        Assert.InRange(each, 1, 4095);

        async ValueTask Issue() => await node.Tokens.Issue(RingId.Default, request);
    }
}
