using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Grains.Organizations;

/// <summary>The organisations as every silo offers them: changes go to the owner, reads are answered here.</summary>
internal sealed class ClusterOrganizations(OrganizationOwners owners, Engine.Organizations.Organizations here) : IOrganizations
{
    public Task<Result<Page<OrganizationView>>> List(PageRequest page) => here.List(page);

    public Task<Result<OrganizationView>> Get(OrgSlug org) => here.Get(org);

    /// <summary>A slug that is none has no owner; the refusal is made here.</summary>
    public Task<Result<OrganizationView>> Create(CreateOrganization request, CallContext call) =>
        OrgSlug.TryParse(request.Slug, out var org)
            ? owners.Change(org, call, (owner, keyed) => owner.Create(request, keyed), keyed => here.Create(request, keyed))
            : here.Create(request, call);

    public Task<Result<OrganizationView>> Update(OrgSlug org, UpdateOrganization request, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Update(org, request, keyed), keyed => here.Update(org, request, keyed));

    public Task<Result<OrganizationView>> Delete(OrgSlug org, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Delete(org, keyed), keyed => here.Delete(org, keyed));
}
