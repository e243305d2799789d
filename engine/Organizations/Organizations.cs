using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Paging;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Organizations;

/// <summary>The organisations, in one process.</summary>
public sealed class Organizations(
    OrganizationKeepers keepers, IAggregateStore<OrgSlug, Organization> store, TimeProvider clock) : IOrganizations
{
    public async Task<Result<Page<OrganizationView>>> List(PageRequest page)
    {
        var organizations = await ListPage.Of(store, page, OrgSlug.TryParse);

        // The tombstones that a page is full of make it shorter; its cursor leads on all the same.
        return organizations.Map(found => (found with { Items = [.. found.Items.Where(organization => !organization.Deleted)] })
            .Map(organization => organization.View(clock.Now())));
    }

    public async Task<Result<OrganizationView>> Get(OrgSlug org) =>
        await store.Load(org, CancellationToken.None) is { State.Deleted: false } stored
            ? stored.State.View(clock.Now())
            : Refusal.NotFound("organization", org.Value);

    public async Task<Result<OrganizationView>> Create(CreateOrganization request, CallContext call)
    {
        // Without a slug there is no keeper to ask; the decision itself names every wrong field.
        var slug = OrgSlug.TryParse(request.Slug, out var parsed) ? parsed : (OrgSlug?)null;
        return slug is null
            ? OrganizationDecisions.Create(null, request, clock.Now()).Map(decision => decision.Answer)
            : await keepers.Change(
                slug.Value,
                (state, now) => OrganizationDecisions.Create(state, request, now),
                new RepeatableRequest("organizations.create", request),
                call);
    }

    public Task<Result<OrganizationView>> Update(OrgSlug org, UpdateOrganization request, CallContext call) => keepers.Change(
        org,
        (state, now) => OrganizationDecisions.Update(state, org, request, now),
        new RepeatableRequest($"organizations.update {org}", request),
        call);

    public Task<Result<OrganizationView>> Delete(OrgSlug org, CallContext call) => keepers.Change(
        org,
        (state, now) => OrganizationDecisions.Delete(state, org, now),
        new RepeatableRequest($"organizations.delete {org}", null),
        call);
}
