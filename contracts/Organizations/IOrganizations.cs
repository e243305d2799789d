using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.Organizations;

/// <summary>The organisations whose services use tokens.</summary>
public interface IOrganizations
{
    Task<Result<Page<OrganizationView>>> List(PageRequest page);

    Task<Result<OrganizationView>> Get(OrgSlug org);

    Task<Result<OrganizationView>> Create(CreateOrganization request, CallContext call);

    Task<Result<OrganizationView>> Update(OrgSlug org, UpdateOrganization request, CallContext call);

    /// <summary>Revokes its API keys and ends it. Its slug is not given out again; its audit chain stays.</summary>
    Task<Result<OrganizationView>> Delete(OrgSlug org, CallContext call);
}
