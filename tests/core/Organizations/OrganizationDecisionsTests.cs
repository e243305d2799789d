using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Organizations;

namespace Tumbler.Core.Tests.Organizations;

public class OrganizationDecisionsTests
{
    private static readonly CreateOrganization Create = new("acme", "Acme", "Ann@Example.com");

    [Fact]
    public void Creating_makes_an_active_organisation_without_keys()
    {
        var decision = Acme.Value(OrganizationDecisions.Create(null, Create, Acme.Now));
        Assert.Equal(
            Acme.With() with { CreatedAt = Acme.Now, UpdatedAt = Acme.Now, ApiKeys = decision.Next.ApiKeys }, decision.Next);
        Assert.Empty(decision.Next.ApiKeys);
        Assert.Equal(decision.Next.View(Acme.Now), decision.Answer);
    }

    [Fact]
    public void Creating_is_audited_without_the_whole_email()
    {
        var draft = Assert.Single(Acme.Value(OrganizationDecisions.Create(null, Create, Acme.Now)).Audit);
        Assert.Equal(
            (Acme.Slug, AuditAction.Create, AuditResource.Organization, "acme", AuditStatus.Success),
            (draft.Org!.Value, draft.Action, draft.ResourceType, draft.ResourceId, draft.Status));
        Assert.Equal(
            new Dictionary<string, string> { ["name"] = "Acme", ["email"] = "a***@example.com", ["status"] = "active" }, draft.Details);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_slug_is_given_out_once_even_when_its_organisation_is_gone(bool deleted) => Acme.Refusal(
        OrganizationDecisions.Create(Acme.With() with { Deleted = deleted }, Create, Acme.Now), ErrorCode.AlreadyExists);

    [Fact]
    public void Creating_names_every_wrong_field()
    {
        var refusal = Acme.Refusal(
            OrganizationDecisions.Create(null, new CreateOrganization("a", "", null), Acme.Now), ErrorCode.InvalidInput);
        Assert.Equal(["slug", "name", "email"], refusal.Fields.Select(error => error.Field));
    }

    [Fact]
    public void Updating_changes_what_is_given_and_audits_just_that()
    {
        var decision = Acme.Value(OrganizationDecisions.Update(
            Acme.With(), Acme.Slug, new UpdateOrganization(Email: "bob@example.org", Status: "suspended"), Acme.Now));
        Assert.Equal(
            ("Acme", "bob@example.org", OrganizationStatus.Suspended, Acme.Founded, Acme.Now),
            (decision.Next.Name, decision.Next.Email, decision.Next.Status, decision.Next.CreatedAt, decision.Next.UpdatedAt));
        var draft = Assert.Single(decision.Audit);
        Assert.Equal((AuditAction.Update, AuditResource.Organization), (draft.Action, draft.ResourceType));
        Assert.Equal(new Dictionary<string, string> { ["email"] = "b***@example.org", ["status"] = "suspended" }, draft.Details);
    }

    [Fact]
    public void Suspending_keeps_the_keys()
    {
        var decision = Acme.Value(OrganizationDecisions.Update(
            Acme.With(Acme.Key(1)), Acme.Slug, new UpdateOrganization(Status: "suspended"), Acme.Now));
        Assert.Equal(Acme.Key(1), decision.Next.ApiKeys[Acme.Id(1)]);
        Assert.False(decision.Next.Accepts(Acme.Key(1), Acme.Now));
    }

    public static TheoryData<UpdateOrganization> UpdatesToTheSame => new(
        new UpdateOrganization(),
        new UpdateOrganization("Acme", "ANN@example.com", "active"));

    [Theory]
    [MemberData(nameof(UpdatesToTheSame), DisableDiscoveryEnumeration = true)]
    public void Updating_to_what_it_is_changes_nothing(UpdateOrganization request)
    {
        var state = Acme.With();
        var decision = Acme.Value(OrganizationDecisions.Update(state, Acme.Slug, request, Acme.Now));
        Assert.Same(state, decision.Next);
        Assert.Empty(decision.Audit);
        Assert.Equal(state.View(Acme.Now), decision.Answer);
    }

    [Fact]
    public void Updating_names_every_wrong_field()
    {
        var refusal = Acme.Refusal(
            OrganizationDecisions.Update(Acme.With(), Acme.Slug, new UpdateOrganization(" ", "x", "deleted"), Acme.Now),
            ErrorCode.InvalidInput);
        Assert.Equal(["name", "email", "status"], refusal.Fields.Select(error => error.Field));
    }

    [Fact]
    public void Deleting_leaves_a_tombstone_and_revokes_the_live_keys()
    {
        var (active, retiring) = (Acme.Key(1), Acme.Key(2) with { RevokedAt = Acme.Now.AddDays(1) });
        var (revoked, expired) = (Acme.Key(3) with { RevokedAt = Acme.Founded.AddDays(1) }, Acme.Key(4) with { ExpiresAt = Acme.Now });

        var decision = Acme.Value(OrganizationDecisions.Delete(
            Acme.With(active, retiring, revoked, expired), Acme.Slug, Acme.Now));

        Assert.True(decision.Next.Deleted);
        Assert.Equal(Acme.Now, decision.Next.UpdatedAt);
        Assert.Equal(
            [active.RevokedNow(Acme.Now), retiring.RevokedNow(Acme.Now), revoked, expired],
            decision.Next.ApiKeys.Values.OrderBy(key => key.CreatedAt));
        Assert.Equal(
            [
                (AuditAction.Delete, AuditResource.Organization, "acme"),
                (AuditAction.Revoke, AuditResource.ApiKey, $"{Acme.Id(2)}"),
                (AuditAction.Revoke, AuditResource.ApiKey, $"{Acme.Id(1)}"),
            ],
            decision.Audit.Select(draft => (draft.Action, draft.ResourceType, draft.ResourceId)));
        Assert.Equal(0, decision.Answer.ApiKeys);
    }

    public static TheoryData<string, Func<Organization?, Refusal?>> Verbs => new()
    {
        { "update", state => OrganizationDecisions.Update(state, Acme.Slug, new UpdateOrganization("x"), Acme.Now).Refusal },
        { "delete", state => OrganizationDecisions.Delete(state, Acme.Slug, Acme.Now).Refusal },
        { "create key", state => ApiKeyDecisions.Create(state, Acme.Slug, new CreateApiKey("x"), Acme.Id(9), Acme.Hash(9), Acme.Now).Refusal },
        { "change key", state => ApiKeyDecisions.Change(state, Acme.Slug, Acme.Id(1), new ChangeApiKey("x"), Acme.Now).Refusal },
        { "revoke key", state => ApiKeyDecisions.Revoke(state, Acme.Slug, Acme.Id(1), Acme.Now).Refusal },
        { "rotate keys", state => ApiKeyDecisions.Rotate(state, Acme.Slug, new RotateApiKeys(), Acme.Id(9), Acme.Hash(9), Acme.Now).Refusal },
    };

    [Theory]
    [MemberData(nameof(Verbs), DisableDiscoveryEnumeration = true)]
    public void What_is_unknown_or_deleted_is_not_found(string verb, Func<Organization?, Refusal?> decide)
    {
        Assert.True(decide(Acme.With(Acme.Key(1))) is null, verb);
        Assert.Equal(ErrorCode.NotFound, decide(null)?.Code);
        Assert.Equal(ErrorCode.NotFound, decide(Acme.With(Acme.Key(1)) with { Deleted = true })?.Code);
    }
}
