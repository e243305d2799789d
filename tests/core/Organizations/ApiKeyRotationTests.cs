using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Organizations;

namespace Tumbler.Core.Tests.Organizations;

public class ApiKeyRotationTests
{
    [Fact]
    public void The_new_key_takes_over_from_the_only_one_at_once()
    {
        var old = Acme.Key(1) with { Scopes = ["read"], Audiences = ["urn:a"], AllowedAddresses = ["10.0.0.0/8"] };
        var decision = Rotate(null, old);

        Assert.Equal(old with { Id = Acme.Id(9), Hash = Acme.Hash(9), CreatedAt = Acme.Now }, decision.Answer.Key);
        Assert.Equal([old with { RevokedAt = Acme.Now, Revoked = true }], decision.Answer.Replaced);
        Assert.Equal(Acme.Now, decision.Answer.EffectiveAt);
        Assert.True(decision.Next.Accepts(decision.Next.ApiKeys[Acme.Id(9)], Acme.Now));
        Assert.False(decision.Next.Accepts(decision.Next.ApiKeys[Acme.Id(1)], Acme.Now));
    }

    [Fact]
    public void A_replaced_key_stays_revoked_when_the_clock_is_set_back()
    {
        var rotated = Rotate(null, Acme.Key(1)).Next;
        Assert.False(rotated.Accepts(rotated.ApiKeys[Acme.Id(1)], Acme.Now.AddMinutes(-10)));
    }

    [Fact]
    public void With_an_overlap_the_old_keys_are_accepted_until_its_end()
    {
        var decision = Rotate("PT10M", Acme.Key(1), Acme.Key(2));
        var end = Acme.Now.AddMinutes(10);
        Assert.Equal(end, decision.Answer.EffectiveAt);
        Assert.All(decision.Answer.Replaced, key => Assert.Equal(ApiKeyState.Retiring, key.StateAt(end.AddTicks(-1))));
        Assert.All(decision.Answer.Replaced, key => Assert.Equal(ApiKeyState.Revoked, key.StateAt(end)));
    }

    [Fact]
    public void A_key_that_retires_sooner_is_not_kept_longer()
    {
        var retiring = Acme.Key(1) with { RevokedAt = Acme.Now.AddMinutes(1) };
        Assert.Equal(retiring, Rotate("PT10M", retiring, Acme.Key(2)).Next.ApiKeys[Acme.Id(1)]);
    }

    [Fact]
    public void Rights_are_the_union_with_the_newest_keys_first()
    {
        var key = Rotate(
            null,
            Acme.Key(1) with { Scopes = ["c", "a"], Audiences = ["urn:1"] },
            Acme.Key(3) with { Scopes = ["b", "a"], Audiences = ["urn:3", "urn:1"] },
            Acme.Key(2) with { Scopes = ["d"], Audiences = [] }).Answer.Key;
        Assert.Equal(["b", "a", "d", "c"], key.Scopes);
        Assert.Equal(["urn:3", "urn:1"], key.Audiences);
        Assert.Equal("key 3", key.Name);
    }

    [Fact]
    public void By_a_key_of_its_own_an_organisation_gets_that_keys_rights_and_end_and_no_more()
    {
        var narrow = Acme.Key(1) with { Scopes = ["read"], Audiences = ["urn:1"], ExpiresAt = Acme.Now.AddDays(1) };
        var wide = Acme.Key(2) with { Scopes = ["read", "write"], Audiences = ["urn:1", "urn:2"] };
        var decision = Acme.Value(ApiKeyDecisions.Rotate(
            Acme.With(narrow, wide), Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now, by: narrow.Id));

        Assert.Equal(narrow with { Id = Acme.Id(9), Hash = Acme.Hash(9), CreatedAt = Acme.Now }, decision.Answer.Key);
        Assert.All(decision.Answer.Replaced, key => Assert.False(key.AcceptedAt(Acme.Now)));
        Assert.Equal(2, decision.Answer.Replaced.Count);
    }

    [Fact]
    public void A_key_that_is_being_replaced_can_not_live_on_by_replacing_itself()
    {
        var retiring = Acme.Key(1) with { RevokedAt = Acme.Now.AddMinutes(1) };
        var result = ApiKeyDecisions.Rotate(
            Acme.With(retiring, Acme.Key(2)), Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now, by: retiring.Id);

        Assert.Equal(ErrorCode.Conflict, result.Refusal!.Code);
    }

    [Fact]
    public void A_key_that_ended_while_it_asked_replaces_nothing()
    {
        var result = ApiKeyDecisions.Rotate(
            Acme.With(Acme.Key(1)), Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now, by: Acme.Id(7));

        Assert.Equal(ErrorCode.Unauthenticated, result.Refusal!.Code);
    }

    [Fact]
    public void A_key_usable_from_anywhere_does_not_free_the_others_of_their_limits()
    {
        var key = Rotate(
            null,
            Acme.Key(1) with { AllowedAddresses = ["10.0.0.0/8"] },
            Acme.Key(2) with { AllowedAddresses = ["::1", "10.0.0.0/8"] },
            Acme.Key(3)).Answer.Key;
        Assert.Equal(["::1", "10.0.0.0/8"], key.AllowedAddresses);
    }

    [Fact]
    public void Ended_keys_hand_nothing_on()
    {
        var decision = Rotate(
            null, Acme.Key(1), Acme.Key(2) with { RevokedAt = Acme.Now }, Acme.Key(3) with { ExpiresAt = Acme.Now });
        Assert.Equal(["s1"], decision.Answer.Key.Scopes);
        Assert.Equal([Acme.Id(1)], decision.Answer.Replaced.Select(key => key.Id));
    }

    [Fact]
    public void Rights_taken_from_the_successor_do_not_come_back_from_a_retiring_key()
    {
        var retiring = Acme.Key(1) with { Scopes = ["admin"], RevokedAt = Acme.Now.AddDays(1) };
        var decision = Rotate(null, retiring, Acme.Key(2));
        Assert.Equal(["s2"], decision.Answer.Key.Scopes);
        Assert.Equal(2, decision.Answer.Replaced.Count);
    }

    [Fact]
    public void Where_all_keys_retire_they_can_still_be_replaced()
    {
        var decision = Rotate(null, Acme.Key(1) with { RevokedAt = Acme.Now.AddDays(1) });
        Assert.Equal(["s1"], decision.Answer.Key.Scopes);
    }

    [Fact]
    public void The_new_key_lasts_as_long_as_the_newest_one_did()
    {
        var newest = Acme.Key(2) with { ExpiresAt = Acme.Key(2).CreatedAt.AddDays(90) };
        Assert.Equal(Acme.Now.AddDays(90), Rotate(null, Acme.Key(1), newest).Answer.Key.ExpiresAt);
        Assert.Null(Rotate(null, newest, Acme.Key(3)).Answer.Key.ExpiresAt);
    }

    [Fact]
    public void A_key_made_to_last_for_ever_is_replaced_by_one_that_does()
    {
        var old = Acme.Key(1) with { ExpiresAt = DateTimeOffset.MaxValue };
        Assert.Equal(DateTimeOffset.MaxValue, Rotate(null, old).Answer.Key.ExpiresAt);
    }

    [Theory]
    [InlineData("PT0S", true)]
    [InlineData("P7D", true)]
    [InlineData("PT168H1S", false)]
    [InlineData("-PT1S", false)]
    [InlineData("soon", false)]
    public void An_overlap_is_at_most_a_week(string overlap, bool valid)
    {
        var result = ApiKeyDecisions.Rotate(
            Acme.With(Acme.Key(1)), Acme.Slug, new RotateApiKeys(overlap), Acme.Id(9), Acme.Hash(9), Acme.Now);
        Assert.Equal(valid ? null : ErrorCode.InvalidInput, result.Refusal?.Code);
    }

    [Fact]
    public void With_no_live_key_there_is_nothing_to_replace() => Acme.Refusal(
        ApiKeyDecisions.Rotate(
            Acme.With(Acme.Key(1) with { RevokedAt = Acme.Now }), Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now),
        ErrorCode.Conflict);

    [Fact]
    public void Rotating_is_audited_with_the_old_fingerprints_and_under_each_old_key()
    {
        var audit = Rotate("PT10M", Acme.Key(1), Acme.Key(2)).Audit;
        Assert.Equal(
            [
                (AuditAction.Rotate, $"{Acme.Id(9)}"),
                (AuditAction.Revoke, $"{Acme.Id(2)}"),
                (AuditAction.Revoke, $"{Acme.Id(1)}"),
            ],
            audit.Select(draft => (draft.Action, draft.ResourceId)));
        Assert.Equal("0000000000000002 0000000000000001", audit[0].Details["replaced"]);
        Assert.Equal("0000000000000009", audit[0].Details["fingerprint"]);
        Assert.All(audit, draft => Assert.Equal("2026-11-21T09:10:00.000Z", draft.Details["effective_at"]));
    }

    [Fact]
    public void The_answer_shows_the_new_key_and_names_the_old_ones()
    {
        var text = ApiKeyText.Create(OrgSlug.Parse("acme"), buffer => buffer.Clear());
        var answer = Rotate(null, Acme.Key(1)).Answer.Issued(text);
        Assert.Equal((Acme.Id(9), text.Reveal(), Acme.Now), (answer.Id, answer.Key, answer.EffectiveAt));
        Assert.Equal([new ReplacedApiKey(Acme.Id(1), "0000000000000001")], answer.Revoked);
    }

    private static Decision<Organization, ApiKeyRotation> Rotate(string? overlap, params ApiKey[] keys) =>
        Acme.Value(ApiKeyDecisions.Rotate(
            Acme.With(keys), Acme.Slug, new RotateApiKeys(overlap), Acme.Id(9), Acme.Hash(9), Acme.Now));
}
