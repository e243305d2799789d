using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Tests.ApiKeys;

public sealed class ApiKeysTests : IDisposable
{
    private readonly Installation installation = new();
    private readonly Node node;

    public ApiKeysTests() => node = installation.NewNode();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task A_created_key_verifies_at_once_with_its_rights()
    {
        var client = await node.NewClient(key: new CreateApiKey("service", ["read", "write"]));

        var verdict = await node.ApiKeys.Verify(new VerifyApiKey(client.Key, ["write"]));

        Assert.Equal((true, null, client.Org, client.Id), (verdict.Valid, verdict.Reason, verdict.Org, verdict.KeyId));
        Assert.Equal(["read", "write"], verdict.Scopes);
    }

    [Fact]
    public async Task Verifying_does_not_wait_in_the_steady_state()
    {
        var client = await node.NewClient();
        await node.ApiKeys.Verify(new VerifyApiKey(client.Key));
        installation.Store.Away = true;

        Assert.True((await Node.AtOnce(node.ApiKeys.Verify(new VerifyApiKey(client.Key)))).Valid);
        Assert.False((await Node.AtOnce(node.ApiKeys.Verify(new VerifyApiKey(client.Key + "x")))).Valid);
    }

    [Fact]
    public async Task A_scope_or_address_that_a_good_key_lacks_is_named()
    {
        var client = await node.NewClient(key: new CreateApiKey("service", ["read"], AllowedAddresses: ["192.0.2.0/24", "2001:db8::1"]));

        Assert.Equal(ApiKeyVerdict.InsufficientScope, (await node.ApiKeys.Verify(new(client.Key, ["read", "write"], "192.0.2.9"))).Reason);
        Assert.Equal(ApiKeyVerdict.AddressNotAllowed, (await node.ApiKeys.Verify(new(client.Key, ["read"], "192.0.3.9"))).Reason);
        Assert.Equal(ApiKeyVerdict.AddressNotAllowed, (await node.ApiKeys.Verify(new(client.Key))).Reason);
        Assert.Equal(ApiKeyVerdict.AddressNotAllowed, (await node.ApiKeys.Verify(new(client.Key, Address: "nowhere"))).Reason);
        Assert.True((await node.ApiKeys.Verify(new(client.Key, ["read"], "::ffff:192.0.2.9"))).Valid);
        Assert.True((await node.ApiKeys.Verify(new(client.Key, Address: "2001:db8::1"))).Valid);
    }

    [Fact]
    public async Task Every_key_that_is_not_accepted_gets_the_very_same_verdict()
    {
        var good = await node.NewClient();
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
        string?[] refused =
            [revoked.Key, expired.Key, suspended.Key, deleted.Key, unknown.Key, nobody.Key, good.Key[..^1], good.Key + "A", "", "x", null];

        foreach (var key in refused)
            Assert.Equal(ApiKeyVerdict.Refused(ApiKeyVerdict.InvalidKey), await node.ApiKeys.Verify(new VerifyApiKey(key)));
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(good.Key))).Valid);
    }

    [Fact]
    public async Task A_suspended_organization_s_keys_work_again_when_it_is_active()
    {
        var client = await node.NewClient();
        Node.Admitted(await node.Organizations.Update(client.Org, new UpdateOrganization(Status: "suspended"), Installation.Call()));
        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);

        Node.Admitted(await node.Organizations.Update(client.Org, new UpdateOrganization(Status: "active"), Installation.Call()));

        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
    }

    [Fact]
    public async Task Rotation_ends_the_old_key_at_once_or_after_its_overlap()
    {
        var first = await node.NewClient(key: new CreateApiKey("service", ["read"]));

        var second = Node.Admitted(await node.ApiKeys.Rotate(first.Org, new RotateApiKeys(), Installation.Call()));
        Assert.Equal([first.Id], second.Revoked.Select(old => old.Id));
        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(first.Key))).Valid);
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(second.Key, ["read"]))).Valid);

        var third = Node.Admitted(await node.ApiKeys.Rotate(first.Org, new RotateApiKeys("PT10M"), Installation.Call()));
        Assert.Equal(installation.Clock.Now.AddMinutes(10), third.EffectiveAt);
        installation.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(second.Key))).Valid);
        installation.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(second.Key))).Valid);
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(third.Key))).Valid);
    }

    [Fact]
    public async Task Changed_rights_hold_at_once()
    {
        var client = await node.NewClient(key: new CreateApiKey("service", ["read"]));

        var changed = Node.Admitted(await node.ApiKeys.Change(client.Org, client.Id, new ChangeApiKey(Scopes: ["write"]), Installation.Call()));

        Assert.Equal(["write"], changed.Scopes);
        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(client.Key, ["read"]))).Valid);
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(client.Key, ["write"]))).Valid);
    }

    [Theory]
    [InlineData("https://api.example", true)]
    [InlineData("https://API.example", false)]
    [InlineData("https://other.example", false)]
    [InlineData(null, true)]
    public async Task A_key_is_for_the_services_that_it_was_granted(string? audience, bool valid)
    {
        var client = await node.NewClient(key: new CreateApiKey("service", Audiences: ["https://api.example"]));

        var verdict = await node.ApiKeys.Verify(new VerifyApiKey(client.Key, Audience: audience));

        Assert.Equal((valid, valid ? null : ApiKeyVerdict.AudienceNotAllowed), (verdict.Valid, verdict.Reason));
        var happened = node.Get<SecurityEvents>().Take()?.Tallies.Single().First;
        Assert.Equal(valid ? null : SecurityReason.WrongAudience, happened?.Reason);
        Assert.Equal(valid ? null : client.Id, happened?.Key);
    }

    [Fact]
    public async Task Only_an_owner_makes_an_administrator()
    {
        var client = await node.NewClient();
        var request = new CreateApiKey("admin", ["tumbler:operator"]);
        Assert.Equal(ErrorCode.Forbidden, (await node.ApiKeys.Create(client.Org, request, Installation.Call())).Refusal?.Code);
        var made = Node.Admitted(await node.ApiKeys.Create(client.Org, request, Installation.Call() with { ByOwner = true }));

        Assert.Equal(ErrorCode.Forbidden, (await node.ApiKeys.Change(client.Org, made.Id, new ChangeApiKey("x"), Installation.Call())).Refusal?.Code);
        Assert.Equal(ErrorCode.Forbidden, (await node.ApiKeys.Rotate(client.Org, new RotateApiKeys(), Installation.Call())).Refusal?.Code);
        Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(made.Key))).Valid);
        Node.Admitted(await node.ApiKeys.Rotate(client.Org, new RotateApiKeys(), Installation.Call() with { ByOwner = true }));
    }

    [Fact]
    public async Task Lists_show_when_a_key_was_last_used_and_never_the_key()
    {
        var client = await node.NewClient();
        Assert.Null(Assert.Single(await List(client.Org)).LastUsedAt);

        installation.Clock.Advance(TimeSpan.FromMinutes(5));
        await node.ApiKeys.Verify(new VerifyApiKey(client.Key));
        var used = installation.Clock.Now;
        installation.Clock.Advance(TimeSpan.FromMinutes(5));
        await node.ApiKeys.Verify(new VerifyApiKey(client.Key[..^1]));

        Assert.Equal(used, Assert.Single(await List(client.Org)).LastUsedAt);
        Assert.DoesNotContain(client.Key[^6..], Assert.Single(await List(client.Org)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_keys_created_at_once_none_is_lost()
    {
        var client = await node.NewClient();

        var keys = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => node.NewKey("acme"))));

        Assert.Equal(31, (await installation.Organization("acme")).ApiKeys.Count);
        foreach (var key in keys.Append(client))
            Assert.True((await node.ApiKeys.Verify(new VerifyApiKey(key.Key))).Valid);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var (nobody, nothing) = (OrgSlug.Parse("nobody"), new ApiKeyId(Chance.Uuid()));
        var client = await node.NewClient();

        Assert.Equal(ErrorCode.NotFound, (await node.ApiKeys.List(nobody, new PageRequest())).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await node.ApiKeys.Create(nobody, new CreateApiKey("x"), Installation.Call())).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await node.ApiKeys.Revoke(client.Org, nothing, Installation.Call())).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await node.ApiKeys.Change(client.Org, nothing, new ChangeApiKey("x"), Installation.Call())).Refusal?.Code);

        Node.Admitted(await node.Organizations.Delete(client.Org, Installation.Call()));
        Assert.Equal(ErrorCode.NotFound, (await node.ApiKeys.List(client.Org, new PageRequest())).Refusal?.Code);
    }

    [Fact]
    public async Task A_revocation_whose_outcome_was_unknown_holds_as_soon_as_somebody_says_so()
    {
        var client = await node.NewClient();
        installation.Store.Organizations.Fail(Store.Fault.DidPersist);
        installation.Store.Organizations.FailLoads = 1;
        await Assert.ThrowsAsync<Engine.Store.StoreUnavailableException>(
            () => node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));

        var revoked = Node.Admitted(await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call()));

        Assert.Equal(ApiKeyState.Revoked, revoked.State);
        Assert.False((await node.ApiKeys.Verify(new VerifyApiKey(client.Key))).Valid);
    }

    private async Task<IReadOnlyList<ApiKeyView>> List(OrgSlug org) =>
        Node.Admitted(await node.ApiKeys.List(org, new PageRequest())).Items;
}
