using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Grains.Organizations;

/// <summary>API keys as every silo offers them: changes go to the organisation's owner, keys are verified here.</summary>
internal sealed class ClusterApiKeys(OrganizationOwners owners, Engine.ApiKeys.ApiKeys here) : IApiKeys
{
    public Task<Result<Page<ApiKeyView>>> List(OrgSlug org, PageRequest page) => here.List(org, page);

    public Task<Result<IssuedApiKey>> Create(OrgSlug org, CreateApiKey request, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Create(org, request, keyed), keyed => here.Create(org, request, keyed));

    public Task<Result<ApiKeyView>> Change(OrgSlug org, ApiKeyId id, ChangeApiKey request, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Change(org, id, request, keyed), keyed => here.Change(org, id, request, keyed));

    public Task<Result<ApiKeyView>> Revoke(OrgSlug org, ApiKeyId id, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Revoke(org, id, keyed), keyed => here.Revoke(org, id, keyed));

    public Task<Result<RotatedApiKeys>> Rotate(OrgSlug org, RotateApiKeys request, CallContext call) =>
        owners.Change(org, call, (owner, keyed) => owner.Rotate(org, request, keyed), keyed => here.Rotate(org, request, keyed));

    public ValueTask<ApiKeyVerdict> Verify(VerifyApiKey request, RequestOrigin? origin = null) => here.Verify(request, origin);
}
