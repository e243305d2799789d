using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Grains.Organizations;

/// <summary>Registered clients as every silo offers them: changes go to the organisation's owner, reads are answered here.</summary>
internal sealed class ClusterClients(OrganizationOwners owners, Engine.Clients.Clients here) : IClients
{
    public Task<Result<Page<ClientView>>> List(OrgSlug org, PageRequest page) => here.List(org, page);

    public Task<Result<ClientView>> Get(OrgSlug org, ClientId id) => here.Get(org, id);

    public Task<Result<ClientView>> Create(OrgSlug org, PutClient request, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Create(org, request, keyed), keyed => here.Create(org, request, keyed));

    public Task<Result<ClientView>> Replace(OrgSlug org, ClientId id, PutClient request, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Replace(org, id, request, keyed), keyed => here.Replace(org, id, request, keyed));

    public Task<Result<ClientView>> Delete(OrgSlug org, ClientId id, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Delete(org, id, keyed), keyed => here.Delete(org, id, keyed));
}
