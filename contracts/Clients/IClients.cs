using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.Clients;

/// <summary>The registered clients of organisations: services that authenticate with a key or certificate of their own.</summary>
public interface IClients
{
    Task<Result<Page<ClientView>>> List(OrgSlug org, PageRequest page);

    Task<Result<ClientView>> Get(OrgSlug org, ClientId id);

    Task<Result<ClientView>> Create(OrgSlug org, PutClient request, CallContext call);

    /// <summary>What the request does not name is gone.</summary>
    Task<Result<ClientView>> Replace(OrgSlug org, ClientId id, PutClient request, CallContext call);

    /// <returns>The client as it was.</returns>
    Task<Result<ClientView>> Delete(OrgSlug org, ClientId id, CallContext call);
}
