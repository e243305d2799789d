using System.Net;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Organizations;
using Tumbler.Engine.Paging;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.ApiKeys;

/// <summary>The API keys of organisations, in one process.</summary>
public sealed class ApiKeys(
    OrganizationKeepers keepers,
    IAggregateStore<OrgSlug, Organization> store,
    ApiKeyAuthenticator authenticator,
    ApiKeyHasher hasher,
    ApiKeyUses uses,
    SecurityEvents events,
    ApiKeyLimits limits,
    TimeProvider clock) : IApiKeys
{
    public async Task<Result<Page<ApiKeyView>>> List(OrgSlug org, PageRequest page)
    {
        if (await store.Load(org, CancellationToken.None) is not { State.Deleted: false } stored)
            return Refusal.NotFound("organization", org.Value);
        return ListPage.Of(stored.State.ApiKeys.Values, key => key.Id, page, ApiKeyId.TryParse)
            .Map(found => found.Map(key => View(key, clock.Now())));
    }

    public Task<Result<IssuedApiKey>> Create(OrgSlug org, CreateApiKey request, CallContext call)
    {
        var (id, text) = (new ApiKeyId(Chance.Uuid()), ApiKeyText.Create(org, Chance.Fill));
        var hash = hasher.Hash(text);
        return keepers.Change(
            org,
            (state, now) => ApiKeyDecisions.Create(state, org, request, id, hash, now, call.ByOwner)
                .Map(decision => decision.Answering(key => key.Issued(text))),
            new RepeatableRequest($"api-keys.create {org}", request),
            call);
    }

    public Task<Result<ApiKeyView>> Change(OrgSlug org, ApiKeyId id, ChangeApiKey request, CallContext call) => keepers.Change(
        org,
        (state, now) => ApiKeyDecisions.Change(state, org, id, request, now, call.ByOwner)
            .Map(decision => decision.Answering(key => View(key, now))),
        new RepeatableRequest($"api-keys.change {org} {id}", request),
        call);

    public Task<Result<ApiKeyView>> Revoke(OrgSlug org, ApiKeyId id, CallContext call) => keepers.Change(
        org,
        (state, now) => ApiKeyDecisions.Revoke(state, org, id, now)
            .Map(decision => decision.Answering(key => View(key, now))),
        new RepeatableRequest($"api-keys.revoke {org} {id}", null),
        call);

    public async Task<Result<RotatedApiKeys>> Rotate(OrgSlug org, RotateApiKeys request, CallContext call)
    {
        var (id, text) = (new ApiKeyId(Chance.Uuid()), ApiKeyText.Create(org, Chance.Fill));
        var hash = hasher.Hash(text);
        var by = call.Actor.Type == ActorType.ApiKey ? ApiKeyId.Parse(call.Actor.Id) : (ApiKeyId?)null;
        var rotated = await keepers.Change(
            org,
            (state, now) => ApiKeyDecisions.Rotate(state, org, request, id, hash, now, by, call.ByOwner)
                .Map(decision => decision.Answering(rotation => rotation.Issued(text))),
            new RepeatableRequest($"api-keys.rotate {org}", request),
            call);
        return rotated.Map(answer => answer with { EffectiveAt = clock.NotBefore(answer.EffectiveAt) });
    }

    public async ValueTask<ApiKeyVerdict> Verify(VerifyApiKey request, RequestOrigin? origin = null)
    {
        var from = origin ?? RequestOrigin.Local;
        var where = new Presentation(from, clock.Now(), ClientAddress: request.Address == from.Source ? null : request.Address);
        if (await authenticator.Authenticate(request.Key, where) is not { } found)
            return ApiKeyVerdict.Refused(ApiKeyVerdict.InvalidKey);

        _ = IPAddress.TryParse(request.Address, out var address);
        if (!found.Key.AllowsAddress(address))
            return Refused(ApiKeyVerdict.AddressNotAllowed, where.Event(SecurityReason.AddressNotAllowed, found));
        if (request.Audience is { } audience && !found.Key.Audiences.Contains(audience))
            return Refused(ApiKeyVerdict.AudienceNotAllowed, where.Event(SecurityReason.WrongAudience, found));
        if (request.Scopes is { } scopes && !scopes.All(found.Key.Scopes.Contains))
            return Refused(ApiKeyVerdict.InsufficientScope, where.Event(SecurityReason.InsufficientScope, found));
        var use = await limits.Use(found.Key);
        if (use is { Allowed: false } exhausted)
            return Refused(ApiKeyVerdict.RateLimited, where.Event(SecurityReason.RateLimited, found)) with { RateLimit = exhausted.State };
        return new ApiKeyVerdict(true, null, found.Org, found.Key.Id, found.Key.Scopes) { RateLimit = use?.State };
    }

    private ApiKeyVerdict Refused(string reason, SecurityEvent refused)
    {
        events.Record(refused);
        return ApiKeyVerdict.Refused(reason);
    }

    private ApiKeyView View(ApiKey key, DateTimeOffset now) => key.View(now, uses.LastUse(key.Id));
}
