using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Grains.Calls;

namespace Tumbler.Grains.Organizations;

/// <summary>The organisations as every silo offers them: changes go to the owner, reads are answered here.</summary>
internal sealed class ClusterOrganizations(IGrainFactory grains, Engine.Organizations.Organizations here) : IOrganizations
{
    public Task<Result<Page<OrganizationView>>> List(PageRequest page) => here.List(page);

    public Task<Result<OrganizationView>> Get(OrgSlug org) => here.Get(org);

    /// <summary>A slug that is none has no owner; the refusal is made here.</summary>
    public Task<Result<OrganizationView>> Create(CreateOrganization request, CallContext call) =>
        OrgSlug.TryParse(request.Slug, out var org)
            ? Border.Ask(() => Owner(org).Create(request, call))
            : here.Create(request, call);

    public Task<Result<OrganizationView>> Update(OrgSlug org, UpdateOrganization request, CallContext call) =>
        Border.Ask(() => Owner(org).Update(org, request, call));

    public Task<Result<OrganizationView>> Delete(OrgSlug org, CallContext call) =>
        Border.Ask(() => Owner(org).Delete(org, call));

    private IOrganizationGrain Owner(OrgSlug org) => grains.GetGrain<IOrganizationGrain>(org.Value);
}
