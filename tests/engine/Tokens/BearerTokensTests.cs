using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Clients;
using Tumbler.Core.Organizations;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tokens;

namespace Tumbler.Engine.Tests.Tokens;

/// <summary>Tokens as credentials: a good one of a client that may still do something.</summary>
public sealed class BearerTokensTests : IDisposable
{
    private static readonly RequestOrigin Origin = new("request-1", "192.0.2.7", "GET /");
    private static readonly CallContext ByOwner = Installation.Call() with { ByOwner = true };

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task A_token_says_whose_it_is_and_what_it_may()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient(key: new CreateApiKey("service", ["read", "write", "admin"]));
        var token = await Token(node, client, "read write");

        var bearer = await Node.AtOnce(Tokens(node).Authenticate(RingId.Default, token, Installation.Issuer, Origin));

        Assert.NotNull(bearer);
        Assert.Equal((client.Org, client.Id, client.Id.ToString(), "read write"), (bearer.Org, bearer.Key, bearer.ClientId, bearer.Scope));
        Assert.True(bearer.Has("read"));
        Assert.False(bearer.Has("admin"));
        Assert.False(bearer.Has("rea"));
        Assert.False(bearer.Has("read write"));
        Assert.Null(node.Get<SecurityEvents>().Take());
    }

    [Fact]
    public async Task A_token_without_scopes_has_none()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var bearer = await Tokens(node).Authenticate(RingId.Default, await node.Token(client), null, Origin);
        Assert.Equal("", bearer!.Scope);
        Assert.False(bearer.Has(""));
    }

    [Fact]
    public async Task A_scope_that_is_taken_from_the_client_is_taken_from_its_tokens()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient(key: new CreateApiKey("service", ["read", "write"]));
        var token = await node.Token(client);
        Node.Admitted(await node.ApiKeys.Change(client.Org, client.Id, new ChangeApiKey(Scopes: ["write"]), Installation.Call()));

        var bearer = await Tokens(node).Authenticate(RingId.Default, token, null, Origin);

        Assert.Equal("write", bearer!.Scope);
        Assert.False(bearer.Has("read"));
        Assert.True(bearer.Has("write"));
    }

    [Fact]
    public async Task An_owner_that_is_made_less_is_none_at_once()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var owner = Node.Admitted(await node.ApiKeys.Create(client.Org, new CreateApiKey("owner", ["tumbler:owner"]), ByOwner));
        var token = await node.Token(new Client(client.Org, owner.Id, owner.Key));
        Assert.True((await Tokens(node).Authenticate(RingId.Default, token, null, Origin))!.Has("tumbler:owner"));

        Node.Admitted(await node.ApiKeys.Change(client.Org, owner.Id, new ChangeApiKey(Scopes: []), ByOwner));

        Assert.False((await Tokens(node).Authenticate(RingId.Default, token, null, Origin))!.Has("tumbler:owner"));
    }

    [Fact]
    public async Task A_client_that_is_no_more_takes_its_tokens_with_it()
    {
        var node = await installation.StartNode();
        var revoked = await node.NewClient("one");
        var suspended = await node.NewClient("two");
        var deleted = await node.NewClient("three");
        var expired = await node.NewClient("four", new CreateApiKey("brief", ExpiresAt: "2026-03-01T12:02:00Z"));
        string[] tokens = [await node.Token(revoked), await node.Token(suspended), await node.Token(deleted), await node.Token(expired)];
        foreach (var token in tokens)
            Assert.NotNull(await Tokens(node).Authenticate(RingId.Default, token, null, Origin));

        Node.Admitted(await node.ApiKeys.Revoke(revoked.Org, revoked.Id, Installation.Call()));
        Node.Admitted(await node.Organizations.Update(suspended.Org, new UpdateOrganization(Status: "suspended"), Installation.Call()));
        Node.Admitted(await node.Organizations.Delete(deleted.Org, Installation.Call()));
        installation.Clock.Advance(TimeSpan.FromMinutes(2));

        foreach (var token in tokens)
            Assert.Null(await Tokens(node).Authenticate(RingId.Default, token, null, Origin));
        Assert.Equal(
            [
                (SecurityReason.RevokedKey, "one"),
                (SecurityReason.OrganizationSuspended, "two"),
                (SecurityReason.OrganizationDeleted, "three"),
                (SecurityReason.ExpiredKey, "four"),
            ],
            Events(node).Select(happened => (happened.Reason, happened.Org!.Value.Value)));

        // A suspension is taken back, and what it stopped goes on.
        Node.Admitted(await node.Organizations.Update(suspended.Org, new UpdateOrganization(Status: "active"), Installation.Call()));
        Assert.NotNull(await Tokens(node).Authenticate(RingId.Default, tokens[1], null, Origin));
    }

    [Fact]
    public async Task What_is_wrong_with_a_token_is_told_to_the_audit_log_alone()
    {
        var orders = RingId.Parse("orders");
        var node = await installation.StartNode();
        Node.Admitted(await node.Rings.Put(orders, new PutRing(Algorithm: "ES256"), Installation.Call()));
        var client = await node.NewClient();
        var token = await node.Token(client);

        Assert.Null(await Tokens(node).Authenticate(RingId.Default, "", null, Origin));
        Assert.Null(await Tokens(node).Authenticate(RingId.Default, $"{token[..^4]}AAAA", null, Origin));
        Assert.Null(await Tokens(node).Authenticate(orders, token, null, Origin));
        Assert.Null(await Tokens(node).Authenticate(RingId.Default, await node.Token(client, orders), null, Origin));
        Assert.Null(await Tokens(node).Authenticate(RingId.Parse("missing"), token, null, Origin));
        Assert.Equal([SecurityReason.InvalidToken], Events(node).Select(happened => happened.Reason).Distinct());

        Assert.Null(await Tokens(node).Authenticate(RingId.Default, token, "https://elsewhere.example", Origin));
        Assert.Equal(SecurityReason.WrongAudience, Assert.Single(Events(node)).Reason);

        installation.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await Tokens(node).Authenticate(RingId.Default, token, null, Origin));
        var happened = Assert.Single(Events(node));
        Assert.Equal(new SecurityEvent(SecurityReason.ExpiredToken, Origin, installation.Clock.Now), happened);
    }

    [Fact]
    public async Task A_registered_client_s_token_is_as_good_as_the_client()
    {
        var node = await installation.StartNode();
        var org = (await node.NewClient()).Org;
        var id = ClientId.Of(org, "00000000000000000001");
        var now = installation.Clock.Now;
        var client = new RegisteredClient(id, "billing", ClientAuthMethod.PrivateKeyJwt, ["read"], [], now, now, now.AddMinutes(1));
        Assert.True(node.Snapshots.TryGet(RingId.Default, out var ring));
        var token = ring.At(now).Signer!.Sign(new AccessTokenClaims(
            Installation.Issuer, id.ToString(), [Installation.Issuer], id.ToString(), "read write", org.Value, "jti", now, now, now.AddMinutes(5)));

        Assert.Null(await Tokens(node).Authenticate(RingId.Default, token, null, Origin));
        Assert.Equal((SecurityReason.UnknownClient, id), Events(node).Select(happened => (happened.Reason, happened.Client!.Value)).Single());

        Show(node, await installation.Organization("acme"), client);
        var bearer = await Tokens(node).Authenticate(RingId.Default, token, null, Origin);
        Assert.Equal((null, id, "read"), (bearer!.Key, bearer.Client!.Value, bearer.Scope));

        installation.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Tokens(node).Authenticate(RingId.Default, token, null, Origin));
        Assert.Equal(SecurityReason.ExpiredClient, Assert.Single(Events(node)).Reason);
    }

    private static void Show(Node node, Organization organization, RegisteredClient client) =>
        node.Get<OrganizationSnapshots>().Renew(new Stored<Organization>(
            organization with { Clients = organization.Clients.Add(client.Id, client) }, new VersionToken(1_000)));

    private static IBearerTokens Tokens(Node node) => node.Get<IBearerTokens>();

    private static SecurityEvent[] Events(Node node) =>
        [.. node.Get<SecurityEvents>().Take()!.Tallies.Select(tally => tally.First)];

    private static async Task<string> Token(Node node, Client client, string scope)
    {
        Assert.True((await node.Tokens.Issue(RingId.Default, client.Request(scope)))!.Value.TryGet(out var token, out _));
        return token.AccessToken;
    }
}
