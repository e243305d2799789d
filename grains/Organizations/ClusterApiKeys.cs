using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Grains.Calls;

namespace Tumbler.Grains.Organizations;

/// <summary>API keys as every silo offers them: changes go to the organisation's owner, keys are verified here.</summary>
internal sealed class ClusterApiKeys(IGrainFactory grains, Engine.ApiKeys.ApiKeys here) : IApiKeys
{
    public Task<Result<Page<ApiKeyView>>> List(OrgSlug org, PageRequest page) => here.List(org, page);

    public Task<Result<IssuedApiKey>> Create(OrgSlug org, CreateApiKey request, CallContext call) =>
        Border.Ask(() => Owner(org).Create(org, request, call));

    public Task<Result<ApiKeyView>> Change(OrgSlug org, ApiKeyId id, ChangeApiKey request, CallContext call) =>
        Border.Ask(() => Owner(org).Change(org, id, request, call));

    public Task<Result<ApiKeyView>> Revoke(OrgSlug org, ApiKeyId id, CallContext call) =>
        Border.Ask(() => Owner(org).Revoke(org, id, call));

    public Task<Result<RotatedApiKeys>> Rotate(OrgSlug org, RotateApiKeys request, CallContext call) =>
        Border.Ask(() => Owner(org).Rotate(org, request, call));

    public ValueTask<ApiKeyVerdict> Verify(VerifyApiKey request, RequestOrigin? origin = null) => here.Verify(request, origin);

    private IOrganizationGrain Owner(OrgSlug org) => grains.GetGrain<IOrganizationGrain>(org.Value);
}
