using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Grains.Calls;

namespace Tumbler.Grains.Organizations;

/// <summary>The organisation's owner; see <see cref="Keys.KeyRingGrain"/>.</summary>
internal sealed class OrganizationGrain(
    Engine.Organizations.Organizations organizations, Engine.ApiKeys.ApiKeys apiKeys) : Grain, IOrganizationGrain
{
    public Task<Result<Page<OrganizationView>>> List(PageRequest page) => Border.Answer(() => organizations.List(page));

    public Task<Result<OrganizationView>> Get(OrgSlug org) => Border.Answer(() => organizations.Get(org));

    public Task<Result<OrganizationView>> Create(CreateOrganization request, CallContext call) =>
        Border.Answer(() => organizations.Create(request, call));

    public Task<Result<OrganizationView>> Update(OrgSlug org, UpdateOrganization request, CallContext call) =>
        Border.Answer(() => organizations.Update(org, request, call));

    public Task<Result<OrganizationView>> Delete(OrgSlug org, CallContext call) =>
        Border.Answer(() => organizations.Delete(org, call));

    public Task<Result<Page<ApiKeyView>>> List(OrgSlug org, PageRequest page) => Border.Answer(() => apiKeys.List(org, page));

    public Task<Result<IssuedApiKey>> Create(OrgSlug org, CreateApiKey request, CallContext call) =>
        Border.Answer(() => apiKeys.Create(org, request, call));

    public Task<Result<ApiKeyView>> Change(OrgSlug org, ApiKeyId id, ChangeApiKey request, CallContext call) =>
        Border.Answer(() => apiKeys.Change(org, id, request, call));

    public Task<Result<ApiKeyView>> Revoke(OrgSlug org, ApiKeyId id, CallContext call) =>
        Border.Answer(() => apiKeys.Revoke(org, id, call));

    public Task<Result<RotatedApiKeys>> Rotate(OrgSlug org, RotateApiKeys request, CallContext call) =>
        Border.Answer(() => apiKeys.Rotate(org, request, call));

    public ValueTask<ApiKeyVerdict> Verify(VerifyApiKey request, RequestOrigin? origin = null) => apiKeys.Verify(request, origin);
}
