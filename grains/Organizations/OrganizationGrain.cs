using Orleans.Concurrency;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Organizations;
using Tumbler.Grains.Calls;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Organizations;

/// <summary>The organisation's owner; see <see cref="Keys.KeyRingGrain"/>.</summary>
[Reentrant]
internal sealed class OrganizationGrain(
    Engine.Organizations.Organizations organizations,
    Engine.ApiKeys.ApiKeys apiKeys,
    Engine.Clients.Clients clients,
    OrganizationKeepers keepers,
    Herald herald) : Grain, IOrganizationGrain
{
    private readonly Told told = new(herald);

    public Task<Result<Page<OrganizationView>>> List(PageRequest page) => Border.Answer(() => organizations.List(page));

    public Task<Result<OrganizationView>> Get(OrgSlug org) => Border.Answer(() => organizations.Get(org));

    public Task<Result<OrganizationView>> Create(CreateOrganization request, CallContext call) =>
        Change(() => organizations.Create(request, call), withdraws: false);

    public Task<Result<OrganizationView>> Update(OrgSlug org, UpdateOrganization request, CallContext call) =>
        Change(() => organizations.Update(org, request, call));

    public Task<Result<OrganizationView>> Delete(OrgSlug org, CallContext call) => Change(() => organizations.Delete(org, call));

    public Task<Result<Page<ApiKeyView>>> List(OrgSlug org, PageRequest page) => Border.Answer(() => apiKeys.List(org, page));

    public Task<Result<IssuedApiKey>> Create(OrgSlug org, CreateApiKey request, CallContext call) =>
        Change(() => apiKeys.Create(org, request, call), withdraws: false);

    public Task<Result<ApiKeyView>> Change(OrgSlug org, ApiKeyId id, ChangeApiKey request, CallContext call) =>
        Change(() => apiKeys.Change(org, id, request, call));

    public Task<Result<ApiKeyView>> Revoke(OrgSlug org, ApiKeyId id, CallContext call) => Change(() => apiKeys.Revoke(org, id, call));

    public Task<Result<RotatedApiKeys>> Rotate(OrgSlug org, RotateApiKeys request, CallContext call) =>
        Change(() => apiKeys.Rotate(org, request, call));

    public ValueTask<ApiKeyVerdict> Verify(VerifyApiKey request, RequestOrigin? origin = null) => apiKeys.Verify(request, origin);

    Task<Result<Page<ClientView>>> IClients.List(OrgSlug org, PageRequest page) => Border.Answer(() => clients.List(org, page));

    public Task<Result<ClientView>> Get(OrgSlug org, ClientId id) => Border.Answer(() => clients.Get(org, id));

    public Task<Result<ClientView>> Create(OrgSlug org, PutClient request, CallContext call) =>
        Change(() => clients.Create(org, request, call), withdraws: false);

    public Task<Result<ClientView>> Replace(OrgSlug org, ClientId id, PutClient request, CallContext call) =>
        Change(() => clients.Replace(org, id, request, call));

    public Task<Result<ClientView>> Delete(OrgSlug org, ClientId id, CallContext call) => Change(() => clients.Delete(org, id, call));

    private async Task<Result<T>> Change<T>(Func<Task<Result<T>>> change, bool withdraws = true)
    {
        var org = OrgSlug.Parse(this.GetPrimaryKeyString());
        var answer = await Border.Answer(change);
        return await told.With(answer, keepers.KnownVersion(org), withdraws, (service, version, withdrawn) => service.Organization(org, version, withdrawn));
    }
}
