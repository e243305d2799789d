using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Tests.ApiKeys;

/// <summary>What the audit log is told about API keys that were turned away, where the answer says nothing.</summary>
public sealed class RefusalsTests : IAsyncLifetime
{
    private static readonly RequestOrigin Origin = new("request-7", "192.0.2.9", "POST /api/v1/api-keys/verify");

    private readonly Installation installation = new();
    private Node node = null!;
    private Client good = null!;

    private SecurityEvents Events => node.Get<SecurityEvents>();

    public async ValueTask InitializeAsync()
    {
        node = await installation.StartNode();
        good = await node.NewClient(key: new CreateApiKey("service", ["read"], ["https://api.example"]));
    }

    public ValueTask DisposeAsync()
    {
        installation.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Each_reason_has_its_name_and_a_key_that_exists_is_named()
    {
        var revoked = await node.NewKey("acme");
        Node.Admitted(await node.ApiKeys.Revoke(good.Org, revoked.Id, Installation.Call()));
        var expired = await node.NewKey("acme", new CreateApiKey("short", ExpiresAt: "2026-03-01T12:00:01Z"));
        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        var suspended = await node.NewClient("suspended");
        Node.Admitted(await node.Organizations.Update(suspended.Org, new UpdateOrganization(Status: "suspended"), Installation.Call()));
        var deleted = await node.NewClient("deleted");
        Node.Admitted(await node.Organizations.Delete(deleted.Org, Installation.Call()));
        using var elsewhere = new Installation();
        var unknown = await elsewhere.NewNode().NewClient();
        var nobody = await elsewhere.NewNode().NewClient("nobody");

        foreach (var (client, reason) in new[]
        {
            (revoked, SecurityReason.RevokedKey), (expired, SecurityReason.ExpiredKey), (suspended, SecurityReason.OrganizationSuspended),
            (deleted, SecurityReason.OrganizationDeleted),
        })
        {
            await node.ApiKeys.Verify(new VerifyApiKey(client.Key), Origin);
            Assert.Equal(Event(reason) with { Key = client.Id, Org = client.Org }, Only());
        }

        foreach (var (key, reason) in new (string?, SecurityReason)[]
        {
            (unknown.Key, SecurityReason.UnknownKey), (nobody.Key, SecurityReason.UnknownKey), (good.Key[..^1], SecurityReason.MalformedKey),
            ("", SecurityReason.MalformedKey), (null, SecurityReason.MalformedKey),
        })
        {
            await node.ApiKeys.Verify(new VerifyApiKey(key), Origin);
            Assert.Equal(Event(reason), Only());
        }
    }

    [Fact]
    public async Task A_good_key_that_may_not_do_this_is_named_and_so_is_where_it_was_presented()
    {
        var bound = await node.NewKey("acme", new CreateApiKey("bound", AllowedAddresses: ["198.51.100.0/24"]));

        await node.ApiKeys.Verify(new VerifyApiKey(good.Key, ["write"], "203.0.113.1"), Origin);
        Assert.Equal(Event(SecurityReason.InsufficientScope) with { Key = good.Id, Org = good.Org, ClientAddress = "203.0.113.1" }, Only());
        await node.ApiKeys.Verify(new VerifyApiKey(bound.Key, Address: Origin.Source), Origin);
        Assert.Equal(Event(SecurityReason.AddressNotAllowed) with { Key = bound.Id, Org = good.Org }, Only());
    }

    [Fact]
    public async Task At_the_token_endpoint_each_refusal_is_one_event()
    {
        var sibling = await node.NewKey("acme");
        var bound = await node.NewKey("acme", new CreateApiKey("bound", AllowedAddresses: ["198.51.100.0/24"]));
        var token = good.Request().Origin;
        SecurityEvent At(SecurityReason reason, Client client) =>
            new(reason, token, installation.Clock.Now) { Key = client.Id, Org = client.Org, ClientId = client.Id };

        await node.Tokens.Issue(RingId.Default, good.Request() with { ClientSecret = "hunter2" });
        Assert.Equal(new SecurityEvent(SecurityReason.MalformedKey, token, installation.Clock.Now) { ClientId = good.Id }, Only());
        await node.Tokens.Issue(RingId.Default, good.Request() with { ClientId = sibling.Id.ToString() });
        Assert.Equal(At(SecurityReason.ClientIdMismatch, good) with { ClientId = sibling.Id }, Only());
        await node.Tokens.Issue(RingId.Default, bound.Request());
        Assert.Equal(At(SecurityReason.AddressNotAllowed, bound), Only());
        await node.Tokens.Issue(RingId.Default, good.Request("read write"));
        Assert.Equal(At(SecurityReason.InvalidScope, good), Only());
        await node.Tokens.Issue(RingId.Default, good.Request() with { Resources = ["https://other.example"] });
        Assert.Equal(At(SecurityReason.InvalidTarget, good), Only());
    }

    [Fact]
    public async Task A_password_in_the_place_of_an_id_is_kept_nowhere()
    {
        await node.Tokens.Issue(RingId.Default, good.Request() with { ClientId = "hunter2-hunter2", ClientSecret = "x" });

        Assert.Null(Only().ClientId);
    }

    [Fact]
    public async Task Who_is_let_in_is_no_event()
    {
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(good.Key), Origin)).Valid);
        await node.Token(good);

        Assert.Null(Events.Take());
    }

    private SecurityEvent Event(SecurityReason reason) => new(reason, Origin, installation.Clock.Now);

    /// <summary>What was recorded since the last time, exactly one.</summary>
    private SecurityEvent Only()
    {
        var tally = Assert.Single(Events.Take()!.Tallies);
        Assert.Equal(1, tally.Count);
        return tally.First;
    }
}
