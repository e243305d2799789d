using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;
using Tumbler.Core.Tests.Organizations;

namespace Tumbler.Core.Tests.Revocations;

/// <summary>What the histories of rings and organisations do not show: how long, and which not.</summary>
public sealed class NewRevocationsTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24) + TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Now = Acme.Now;

    [Fact]
    public void A_key_that_is_revoked_at_once_is_told_of_for_as_long_as_its_last_token_lives_anywhere()
    {
        var before = Acme.With(Acme.Key(1), Acme.Key(2));
        var after = Acme.Value(ApiKeyDecisions.Revoke(before, Acme.Slug, Acme.Id(1), Now)).Next;

        Assert.Equal(
            [new Revocation(new(RevocationKind.Client, Acme.Id(1).ToString(), null), Now + Day)], NewRevocations.Between(before, after));
        Assert.Empty(NewRevocations.Between(after, after with { Name = "Other" }));
    }

    [Fact]
    public void A_key_with_an_overlap_ends_by_itself_and_one_without_is_told_of()
    {
        var before = Acme.With(Acme.Key(1));
        var overlapping = Acme.Value(ApiKeyDecisions.Rotate(before, Acme.Slug, new("PT10M"), Acme.Id(2), Acme.Hash(2), Now)).Next;
        var atOnce = Acme.Value(ApiKeyDecisions.Rotate(before, Acme.Slug, new(), Acme.Id(2), Acme.Hash(2), Now)).Next;

        Assert.Empty(NewRevocations.Between(before, overlapping));
        Assert.Equal(Acme.Id(1).ToString(), Assert.Single(NewRevocations.Between(before, atOnce)).Subject.Id);
        var later = Acme.Value(ApiKeyDecisions.Revoke(overlapping, Acme.Slug, Acme.Id(1), Now.AddMinutes(1))).Next;
        Assert.Equal(Acme.Id(1).ToString(), Assert.Single(NewRevocations.Between(overlapping, later)).Subject.Id);
    }

    [Fact]
    public void An_organisation_that_is_deleted_stands_for_all_its_keys()
    {
        var before = Acme.With(Acme.Key(1), Acme.Key(2));
        var after = Acme.Value(OrganizationDecisions.Delete(before, Acme.Slug, Now)).Next;

        Assert.Equal([new Revocation(new(RevocationKind.Organization, "acme", null), Now + Day)], NewRevocations.Between(before, after));
    }

    [Fact]
    public void An_organisation_that_is_active_again_is_told_of_too()
    {
        var suspended = Acme.Value(OrganizationDecisions.Update(Acme.With(), Acme.Slug, new UpdateOrganization(Status: "suspended"), Now)).Next;
        var active = Acme.Value(OrganizationDecisions.Update(suspended, Acme.Slug, new UpdateOrganization(Status: "active"), Now.AddHours(1))).Next;

        Assert.Equal(
            [new Revocation(new(RevocationKind.Organization, "acme", null), Now.AddHours(1) + Day, Lifted: true)],
            NewRevocations.Between(suspended, active));
        Assert.Empty(NewRevocations.Between(null, Acme.With()));
    }

    [Fact]
    public void A_token_is_told_of_until_nobody_takes_it_any_more()
    {
        var (ring, token) = (RingId.Parse("orders"), new RevokedToken("t-1", "c-1", Acme.Slug, Now.AddMinutes(5)));
        var first = TokenRevocationDecisions.Revoke(null, ring, token, isRevoked: false).Next;
        var second = TokenRevocationDecisions.Revoke(first, ring, token with { TokenId = "t-2" }, isRevoked: false).Next;

        Assert.Equal([new Revocation(new(RevocationKind.Token, "t-1", ring), Now.AddMinutes(10))], NewRevocations.Between(null, first));
        Assert.Equal("t-2", Assert.Single(NewRevocations.Between(first, second)).Subject.Id);
        Assert.Empty(NewRevocations.Between(second, second.With(new(9, new string('a', 64)), [])));
    }

    [Fact]
    public void The_end_of_time_is_no_obstacle()
    {
        var ring = RingId.Default;
        var token = new RevokedToken("t-1", "c-1", null, DateTimeOffset.MaxValue);

        var told = NewRevocations.Between(null, TokenRevocationDecisions.Revoke(null, ring, token, isRevoked: false).Next);

        Assert.Equal(DateTimeOffset.MaxValue, Assert.Single(told).Until);
    }
}
