using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Tests.Http;

/// <summary>Accepts one key of the organisation <c>acme</c> and one of <c>other</c>.</summary>
internal sealed class ScriptedApiKeys : IApiKeys
{
    public const string AcmeKey = "acme_api_good";
    /// <summary>A new key of this name is one that only an owner may create.</summary>
    public const string Reserved = "reserved";

    public const string OtherKey = "other_api_good";
    public const string ElsewhereKey = "acme_api_only_from_elsewhere";

    public static readonly ApiKeyId Id = ApiKeyId.Parse("11111111-2222-4333-8444-555555555555");

    public CallContext? LastCall { get; private set; }

    public RequestOrigin? LastOrigin { get; private set; }

    public VerifyApiKey? LastVerified { get; private set; }

    /// <summary>In the place of the one key.</summary>
    public Func<VerifyApiKey, ApiKeyVerdict>? OnVerify { get; set; }

    public ChangeApiKey? LastChange { get; private set; }

    public RotateApiKeys? LastRotation { get; private set; }

    public Task<Result<Page<ApiKeyView>>> List(OrgSlug org, PageRequest page) =>
        Task.FromResult<Result<Page<ApiKeyView>>>(new Page<ApiKeyView>([View], null));

    public Task<Result<IssuedApiKey>> Create(OrgSlug org, CreateApiKey request, CallContext call)
    {
        LastCall = call;
        if (request.Name == Reserved)
            return Task.FromResult<Result<IssuedApiKey>>(new Refusal(ErrorCode.Forbidden, "Only an owner may."));
        return Task.FromResult<Result<IssuedApiKey>>(
            new IssuedApiKey(Id, "acme_api_new", request.Name!, "0123456789abcdef", ["read"], [], [], FixedClock.Now, null));
    }

    public Task<Result<ApiKeyView>> Change(OrgSlug org, ApiKeyId id, ChangeApiKey request, CallContext call)
    {
        (LastCall, LastChange) = (call, request);
        return Task.FromResult<Result<ApiKeyView>>(View);
    }

    public Task<Result<ApiKeyView>> Revoke(OrgSlug org, ApiKeyId id, CallContext call)
    {
        LastCall = call;
        return Task.FromResult<Result<ApiKeyView>>(View with { State = ApiKeyState.Revoked, RevokedAt = FixedClock.Now });
    }

    public Task<Result<RotatedApiKeys>> Rotate(OrgSlug org, RotateApiKeys request, CallContext call)
    {
        (LastCall, LastRotation) = (call, request);
        return Task.FromResult<Result<RotatedApiKeys>>(
            new RotatedApiKeys(Id, "acme_api_new", [new ReplacedApiKey(Id, "0123456789abcdef")], FixedClock.Now));
    }

    public ValueTask<ApiKeyVerdict> Verify(VerifyApiKey request, RequestOrigin? origin = null)
    {
        (LastVerified, LastOrigin) = (request, origin);
        if (OnVerify is not null)
            return ValueTask.FromResult(OnVerify(request));
        return ValueTask.FromResult(request.Key switch
        {
            AcmeKey when request.Scopes?.Contains("write") == true => ApiKeyVerdict.Refused(ApiKeyVerdict.InsufficientScope),
            AcmeKey when request.Audience == "urn:elsewhere" => ApiKeyVerdict.Refused(ApiKeyVerdict.AudienceNotAllowed),
            AcmeKey => new ApiKeyVerdict(true, null, OrgSlug.Parse("acme"), Id, ["read"]),
            OtherKey => new ApiKeyVerdict(true, null, OrgSlug.Parse("other"), Id, ["read"]),
            ElsewhereKey => ApiKeyVerdict.Refused(ApiKeyVerdict.AddressNotAllowed),
            _ => ApiKeyVerdict.Refused(ApiKeyVerdict.InvalidKey),
        });
    }

    private static ApiKeyView View =>
        new(Id, "ci", "0123456789abcdef", ApiKeyState.Active, ["read"], ["https://api"], [], FixedClock.Now, null, null, null);
}
