using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Core.Addresses;
using Tumbler.Core.Administrators;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Clients;
using Tumbler.Core.Organizations;
using Tumbler.Core.Tests.Organizations;

namespace Tumbler.Core.Tests.Administrators;

/// <summary>Nobody who is no owner gets hold of an administrator's rights, in whatever way keys can be changed.</summary>
public class AdminScopesTests
{
    private static readonly ApiKey OwnersKey = Acme.Key(1) with { Scopes = ["read", AdminScopes.Owner] };

    [Theory]
    [InlineData("tumbler:owner", AdminRoles.Owner)]
    [InlineData("tumbler:operator", AdminRoles.Operator)]
    [InlineData("tumbler:auditor", AdminRoles.Auditor)]
    [InlineData("tumbler:auditor tumbler:operator", AdminRoles.Auditor | AdminRoles.Operator)]
    [InlineData("Tumbler:owner", AdminRoles.None)]
    [InlineData("tumbler:owners", AdminRoles.None)]
    [InlineData("owner", AdminRoles.None)]
    public void A_role_is_a_scope_spelt_exactly(string scopes, AdminRoles roles) =>
        Assert.Equal(roles, AdminScopes.RolesOf(scopes.Split(' ').Contains));

    [Theory]
    [InlineData("tumbler:owner")]
    [InlineData("tumbler:operator")]
    [InlineData("tumbler:auditor")]
    [InlineData("tumbler:")]
    [InlineData("tumbler:of-a-later-version")]
    public void Only_an_owner_creates_a_key_with_such_a_scope(string scope)
    {
        var request = new CreateApiKey("admin", ["read", scope]);
        var refusal = Acme.Refusal(
            ApiKeyDecisions.Create(Acme.With(), Acme.Slug, request, Acme.Id(1), Acme.Hash(1), Acme.Now), ErrorCode.Forbidden);
        Assert.Equal(("scopes[1]", "owner_only"), refusal.Fields.Select(field => (field.Field, field.Rule)).Single());

        var decision = Acme.Value(
            ApiKeyDecisions.Create(Acme.With(), Acme.Slug, request, Acme.Id(1), Acme.Hash(1), Acme.Now, byOwner: true));
        Assert.Equal(["read", scope], decision.Answer.Scopes);
    }

    [Fact]
    public void Only_an_owner_adds_such_a_scope_to_a_key()
    {
        var request = new ChangeApiKey(Scopes: [AdminScopes.Operator]);
        Acme.Refusal(
            ApiKeyDecisions.Change(Acme.With(Acme.Key(1)), Acme.Slug, Acme.Id(1), request, Acme.Now), ErrorCode.Forbidden);
        Acme.Value(ApiKeyDecisions.Change(Acme.With(Acme.Key(1)), Acme.Slug, Acme.Id(1), request, Acme.Now, byOwner: true));
    }

    public static TheoryData<ChangeApiKey> Changes { get; } =
    [
        new ChangeApiKey(Name: "x"),
        new ChangeApiKey(Scopes: []),
        new ChangeApiKey(Audiences: ["urn:x"]),
        new ChangeApiKey(ExpiresAt: "2030-01-01T00:00:00Z"),
        new ChangeApiKey(AllowedAddresses: []),
    ];

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Only_an_owner_changes_anything_of_an_administrator_s_key(ChangeApiKey request)
    {
        Acme.Refusal(ApiKeyDecisions.Change(Acme.With(OwnersKey), Acme.Slug, Acme.Id(1), request, Acme.Now), ErrorCode.Forbidden);
        Acme.Value(ApiKeyDecisions.Change(Acme.With(OwnersKey), Acme.Slug, Acme.Id(1), request, Acme.Now, byOwner: true));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("PT10M")]
    public void Only_an_owner_gets_a_key_in_the_place_of_an_administrator_s(string? overlap)
    {
        var (state, request) = (Acme.With(OwnersKey, Acme.Key(2)), new RotateApiKeys(overlap));
        Acme.Refusal(ApiKeyDecisions.Rotate(state, Acme.Slug, request, Acme.Id(9), Acme.Hash(9), Acme.Now), ErrorCode.Forbidden);
        var rotation = Acme.Value(
            ApiKeyDecisions.Rotate(state, Acme.Slug, request, Acme.Id(9), Acme.Hash(9), Acme.Now, byOwner: true)).Answer;
        Assert.Contains(AdminScopes.Owner, rotation.Key.Scopes);
    }

    [Fact]
    public void An_administrator_s_own_key_rotates_to_one_like_it_and_a_small_one_gains_nothing()
    {
        var state = Acme.With(OwnersKey, Acme.Key(2));
        Assert.Equal(OwnersKey.Scopes, Rotated(by: 1));
        Assert.Equal(Acme.Key(2).Scopes, Rotated(by: 2));

        IEnumerable<string> Rotated(int by) => Acme.Value(ApiKeyDecisions.Rotate(
            state, Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now, Acme.Id(by))).Answer.Key.Scopes;
    }

    [Fact]
    public void Only_an_owner_registers_or_changes_a_client_that_is_an_administrator()
    {
        var addresses = new KeyAddresses(PlainHttp: false, AddressList.Empty);
        var id = ClientId.Of(Acme.Slug, "00000000000000000001");
        var plain = new PutClient("billing", "tls_client_auth", TlsClientAuthSanDns: "billing.acme.example", Scopes: ["read"]);
        var admin = plain with { Scopes = [AdminScopes.Auditor] };

        Acme.Refusal(ClientDecisions.Create(Acme.With(), Acme.Slug, admin, id, addresses, Acme.Now), ErrorCode.Forbidden);
        var known = Acme.Value(ClientDecisions.Create(Acme.With(), Acme.Slug, plain, id, addresses, Acme.Now)).Next;
        Acme.Refusal(ClientDecisions.Replace(known, Acme.Slug, id, admin, addresses, Acme.Now), ErrorCode.Forbidden);
        var made = Acme.Value(ClientDecisions.Replace(known, Acme.Slug, id, admin, addresses, Acme.Now, byOwner: true)).Next;
        Acme.Refusal(ClientDecisions.Replace(made, Acme.Slug, id, plain, addresses, Acme.Now), ErrorCode.Forbidden);
        Acme.Value(ClientDecisions.Delete(made, Acme.Slug, id, Acme.Now));
    }

    [Fact]
    public void Anyone_who_may_revoke_may_revoke_an_administrator_s_key() =>
        Assert.True(Acme.Value(ApiKeyDecisions.Revoke(Acme.With(OwnersKey), Acme.Slug, Acme.Id(1), Acme.Now)).Answer.Revoked);
}
