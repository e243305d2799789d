using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Organizations;

namespace Tumbler.Core.Tests.Organizations;

public class ApiKeyDecisionsTests
{
    private static readonly CreateApiKey Deploy =
        new("deploy", ["read", "write"], ["urn:a", "urn:b"], "2027-01-01T00:00:00Z", ["10.0.0.0/8"]);

    [Fact]
    public void Creating_adds_the_key_as_asked()
    {
        var decision = Acme.Value(ApiKeyDecisions.Create(
            Acme.With(Acme.Key(1)), Acme.Slug, Deploy, Acme.Id(2), Acme.Hash(2), Acme.Now));
        var key = new ApiKey(
            Acme.Id(2), "deploy", Acme.Hash(2), ["read", "write"], ["urn:a", "urn:b"], ["10.0.0.0/8"], Acme.Now,
            new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(key, decision.Answer);
        Assert.Equal(key, decision.Next.ApiKeys[Acme.Id(2)]);
        Assert.Equal(Acme.Key(1), decision.Next.ApiKeys[Acme.Id(1)]);
    }

    [Fact]
    public void Creating_is_audited_with_the_rights_and_the_fingerprint()
    {
        var draft = Assert.Single(Acme.Value(ApiKeyDecisions.Create(
            Acme.With(), Acme.Slug, Deploy, Acme.Id(2), Acme.Hash(2), Acme.Now)).Audit);
        Assert.Equal(
            (AuditAction.Create, AuditResource.ApiKey, $"{Acme.Id(2)}"), (draft.Action, draft.ResourceType, draft.ResourceId));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["name"] = "deploy",
                ["scopes"] = "read write",
                ["audiences"] = "urn:a urn:b",
                ["allowed_addresses"] = "10.0.0.0/8",
                ["expires_at"] = "2027-01-01T00:00:00.000Z",
                ["fingerprint"] = "0000000000000002",
            },
            draft.Details);
    }

    [Fact]
    public void Creating_names_every_wrong_field()
    {
        var request = new CreateApiKey(null, ["a b"], ["x"], "2020-01-01T00:00:00Z", ["10.0.0.1/8"]);
        var refusal = Acme.Refusal(
            ApiKeyDecisions.Create(Acme.With(), Acme.Slug, request, Acme.Id(1), Acme.Hash(1), Acme.Now), ErrorCode.InvalidInput);
        Assert.Equal(
            ["name", "scopes[0]", "audiences[0]", "allowed_addresses[0]", "expires_at"],
            refusal.Fields.Select(error => error.Field));
    }

    [Fact]
    public void A_thousand_live_keys_are_enough_and_ended_ones_do_not_count()
    {
        var keys = Enumerable.Range(1, Organization.MaxAcceptedApiKeys).Select(Acme.Key).ToArray();
        var full = Acme.With(keys);
        Acme.Refusal(
            ApiKeyDecisions.Create(full, Acme.Slug, Deploy, Acme.Id(0), Acme.Hash(0), Acme.Now), ErrorCode.Conflict);
        Acme.Refusal(
            ApiKeyDecisions.Rotate(full, Acme.Slug, new RotateApiKeys("PT1S"), Acme.Id(0), Acme.Hash(0), Acme.Now),
            ErrorCode.Conflict);

        Acme.Value(ApiKeyDecisions.Rotate(full, Acme.Slug, new RotateApiKeys(), Acme.Id(0), Acme.Hash(0), Acme.Now));
        var oneEnded = full with { ApiKeys = full.ApiKeys.SetItem(Acme.Id(5), Acme.Key(5) with { ExpiresAt = Acme.Now }) };
        Acme.Value(ApiKeyDecisions.Create(oneEnded, Acme.Slug, Deploy, Acme.Id(0), Acme.Hash(0), Acme.Now));
    }

    [Fact]
    public void An_id_is_not_used_twice() => Assert.Throws<ArgumentException>(
        () => ApiKeyDecisions.Create(Acme.With(Acme.Key(1)), Acme.Slug, Deploy, Acme.Id(1), Acme.Hash(2), Acme.Now));

    public static TheoryData<ChangeApiKey, ApiKey, string, string> Changes
    {
        get
        {
            var key = Acme.Key(1);
            return new()
            {
                { new(Name: "x"), key with { Name = "x" }, "name", "x" },
                { new(Scopes: ["a", "b"]), key with { Scopes = ["a", "b"] }, "scopes", "a b" },
                { new(Scopes: []), key with { Scopes = [] }, "scopes", "" },
                { new(Audiences: ["urn:x"]), key with { Audiences = ["urn:x"] }, "audiences", "urn:x" },
                { new(AllowedAddresses: ["::1"]), key with { AllowedAddresses = ["::1"] }, "allowed_addresses", "::1" },
                {
                    new(ExpiresAt: "2027-01-01T00:00:00Z"),
                    key with { ExpiresAt = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) },
                    "expires_at", "2027-01-01T00:00:00.000Z"
                },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Changing_changes_what_is_given_and_audits_just_that(
        ChangeApiKey request, ApiKey changed, string detail, string value)
    {
        var decision = Acme.Value(ApiKeyDecisions.Change(Acme.With(Acme.Key(1)), Acme.Slug, Acme.Id(1), request, Acme.Now));
        Assert.Equal(changed, decision.Answer);
        Assert.Equal(changed, decision.Next.ApiKeys[Acme.Id(1)]);
        var draft = Assert.Single(decision.Audit);
        Assert.Equal((AuditAction.Update, $"{Acme.Id(1)}"), (draft.Action, draft.ResourceId));
        Assert.Equal(new Dictionary<string, string> { [detail] = value, ["fingerprint"] = "0000000000000001" }, draft.Details);
    }

    public static TheoryData<ChangeApiKey> ChangesToTheSame => new(
        new ChangeApiKey(),
        new ChangeApiKey("key 1", ["s1"], [], null, []));

    [Theory]
    [MemberData(nameof(ChangesToTheSame), DisableDiscoveryEnumeration = true)]
    public void Changing_to_what_it_is_changes_nothing(ChangeApiKey request)
    {
        var state = Acme.With(Acme.Key(1));
        var decision = Acme.Value(ApiKeyDecisions.Change(state, Acme.Slug, Acme.Id(1), request, Acme.Now));
        Assert.Same(state, decision.Next);
        Assert.Empty(decision.Audit);
    }

    [Fact]
    public void Changing_names_every_wrong_field()
    {
        var request = new ChangeApiKey("", ["a b"], ["x"], "soon", ["x"]);
        var refusal = Acme.Refusal(
            ApiKeyDecisions.Change(Acme.With(Acme.Key(1)), Acme.Slug, Acme.Id(1), request, Acme.Now), ErrorCode.InvalidInput);
        Assert.Equal(5, refusal.Fields.Count);
    }

    [Theory]
    [InlineData(-1, null, "revoked")]
    [InlineData(null, -1, "expired")]
    public void An_ended_key_is_not_changed(int? revoked, int? expires, string state)
    {
        var refusal = Acme.Refusal(
            ApiKeyDecisions.Change(Acme.With(Ended(revoked, expires)), Acme.Slug, Acme.Id(1), new ChangeApiKey("x"), Acme.Now),
            ErrorCode.Conflict);
        Assert.Contains(state, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(24)]
    public void Revoking_ends_a_live_key_at_once(int? retiresInHours)
    {
        var key = Ended(retiresInHours, null);
        var decision = Acme.Value(ApiKeyDecisions.Revoke(Acme.With(key), Acme.Slug, Acme.Id(1), Acme.Now));
        Assert.Equal(key with { RevokedAt = Acme.Now, Revoked = true }, decision.Answer);
        Assert.Equal(decision.Answer, decision.Next.ApiKeys[Acme.Id(1)]);
        var draft = Assert.Single(decision.Audit);
        Assert.Equal(AuditAction.Revoke, draft.Action);
        Assert.Equal("2026-11-21T09:00:00.000Z", draft.Details["effective_at"]);
    }

    [Fact]
    public void A_revoked_key_stays_revoked_when_the_clock_is_set_back()
    {
        var revoked = Acme.Value(ApiKeyDecisions.Revoke(Acme.With(Acme.Key(1)), Acme.Slug, Acme.Id(1), Acme.Now)).Next;
        Assert.False(revoked.Accepts(revoked.ApiKeys[Acme.Id(1)], Acme.Now.AddMinutes(-10)));
    }

    [Fact]
    public void Revoking_a_revoked_key_changes_nothing()
    {
        var state = Acme.With(Ended(-1, null));
        var decision = Acme.Value(ApiKeyDecisions.Revoke(state, Acme.Slug, Acme.Id(1), Acme.Now));
        Assert.Same(state, decision.Next);
        Assert.Empty(decision.Audit);
        Assert.Equal(Acme.Now.AddHours(-1), decision.Answer.RevokedAt);
    }

    [Fact]
    public void Revoking_an_expired_key_is_a_conflict() => Acme.Refusal(
        ApiKeyDecisions.Revoke(Acme.With(Ended(null, -1)), Acme.Slug, Acme.Id(1), Acme.Now), ErrorCode.Conflict);

    [Fact]
    public void An_unknown_key_is_not_found()
    {
        Acme.Refusal(ApiKeyDecisions.Revoke(Acme.With(), Acme.Slug, Acme.Id(1), Acme.Now), ErrorCode.NotFound);
        Acme.Refusal(
            ApiKeyDecisions.Change(Acme.With(), Acme.Slug, Acme.Id(1), new ChangeApiKey("x"), Acme.Now), ErrorCode.NotFound);
    }

    private static ApiKey Ended(int? revoked, int? expires) => Acme.Key(1) with
    {
        RevokedAt = revoked is { } r ? Acme.Now.AddHours(r) : null,
        ExpiresAt = expires is { } e ? Acme.Now.AddHours(e) : null,
    };
}
