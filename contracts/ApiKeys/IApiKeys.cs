using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Contracts.ApiKeys;

/// <summary>The API keys of organisations.</summary>
public interface IApiKeys
{
    Task<Result<Page<ApiKeyView>>> List(OrgSlug org, PageRequest page);

    Task<Result<IssuedApiKey>> Create(OrgSlug org, CreateApiKey request, CallContext call);

    Task<Result<ApiKeyView>> Change(OrgSlug org, ApiKeyId id, ChangeApiKey request, CallContext call);

    Task<Result<ApiKeyView>> Revoke(OrgSlug org, ApiKeyId id, CallContext call);

    Task<Result<RotatedApiKeys>> Rotate(OrgSlug org, RotateApiKeys request, CallContext call);

    /// <summary>Never waits in the steady state. A refusal is a security event.</summary>
    /// <param name="origin">The request in which the key was presented; none for a call from inside.</param>
    ValueTask<ApiKeyVerdict> Verify(VerifyApiKey request, RequestOrigin? origin = null);
}
