using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Administrators;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Organizations;

/// <summary>What may happen to an organisation's API keys.</summary>
public static class ApiKeyDecisions
{
    /// <summary>Long enough for any roll-out; a key that should live on for longer is not being replaced.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(7);

    /// <param name="id">Not used before, like <paramref name="hash"/>: the caller draws both at random.</param>
    /// <param name="byOwner">See <see cref="AdminScopes"/>.</param>
    public static Result<Decision<Organization, ApiKey>> Create(
        Organization? state, OrgSlug org, CreateApiKey request, ApiKeyId id, ApiKeyHash hash, DateTimeOffset now, bool byOwner = false)
    {
        if (state is null or { Deleted: true })
            return OrganizationDecisions.NotFound(org);

        var check = new InputCheck();
        var key = new ApiKey(
            id,
            check.Name("name", request.Name),
            hash,
            [.. check.Scopes("scopes", request.Scopes)],
            [.. check.Audiences("audiences", request.Audiences)],
            [.. check.AddressBlocks("allowed_addresses", request.AllowedAddresses)],
            CreatedAt: now,
            check.FutureTime("expires_at", request.ExpiresAt, now),
            RateLimit: RateLimitRules.Read(check, "rate_limit", request.RateLimit));
        if (check.Failed)
            return check.Refusal;
        if (!byOwner && AdminScopes.WhyNotGranted("scopes", key.Scopes) is { } refusal)
            return refusal;
        if (state.LiveApiKeys(now).Length >= Organization.MaxAcceptedApiKeys)
            return TooMany;

        return new Decision<Organization, ApiKey>(state.Adding(key), [ApiKeyAudit.Created(org, key)], key);
    }

    public static Result<Decision<Organization, ApiKey>> Change(
        Organization? state, OrgSlug org, ApiKeyId id, ChangeApiKey request, DateTimeOffset now, bool byOwner = false)
    {
        if (!Find(state, org, id).TryGet(out var found, out var refusal))
            return refusal;
        var (organization, key) = found;
        if (!key.AcceptedAt(now))
            return Ended(key, now);
        if (!byOwner && AdminScopes.AnyOf(key.Scopes))
            return AdminScopes.OwnersAlone($"The API key '{id}' makes administrators; only an owner may change it.");

        var check = new InputCheck();
        var changed = key with
        {
            Name = request.Name is null ? key.Name : check.Name("name", request.Name),
            Scopes = request.Scopes is null ? key.Scopes : [.. check.Scopes("scopes", request.Scopes)],
            Audiences = request.Audiences is null ? key.Audiences : [.. check.Audiences("audiences", request.Audiences)],
            AllowedAddresses = request.AllowedAddresses is null
                ? key.AllowedAddresses
                : [.. check.AddressBlocks("allowed_addresses", request.AllowedAddresses)],
            ExpiresAt = check.FutureTime("expires_at", request.ExpiresAt, now) ?? key.ExpiresAt,
            RateLimit = request.RateLimit is null ? key.RateLimit : RateLimitRules.Read(check, "rate_limit", request.RateLimit),
        };
        if (check.Failed)
            return check.Refusal;
        if (!byOwner && AdminScopes.WhyNotGranted("scopes", changed.Scopes) is { } notGranted)
            return notGranted;
        return changed == key
            ? Unchanged(organization, key)
            : new Decision<Organization, ApiKey>(organization.With(changed), [ApiKeyAudit.Changed(org, key, changed)], changed);
    }

    /// <summary>At once, also for a key that a rotation left an overlap. Revoking a revoked key changes nothing. An operator may
    /// revoke an owner's key too: it gains nothing by it, and a leak does not wait.</summary>
    public static Result<Decision<Organization, ApiKey>> Revoke(
        Organization? state, OrgSlug org, ApiKeyId id, DateTimeOffset now)
    {
        if (!Find(state, org, id).TryGet(out var found, out var refusal))
            return refusal;
        var (organization, key) = found;
        switch (key.StateAt(now))
        {
            case ApiKeyState.Revoked:
                return Unchanged(organization, key);
            case ApiKeyState.Expired:
                return Ended(key, now);
            default:
                var revoked = key.RevokedNow(now);
                return new Decision<Organization, ApiKey>(
                    organization.With(revoked), [ApiKeyAudit.Revoked(org, revoked)], revoked);
        }
    }

    /// <summary>Replaces all live keys by one, see <see cref="ApiKeyRotation"/>.</summary>
    /// <param name="id">Not used before, like <paramref name="hash"/>: the caller draws both at random.</param>
    /// <param name="by">The key that asks, or null for an administrator.</param>
    public static Result<Decision<Organization, ApiKeyRotation>> Rotate(
        Organization? state, OrgSlug org, RotateApiKeys request, ApiKeyId id, ApiKeyHash hash, DateTimeOffset now, ApiKeyId? by = null, bool byOwner = false)
    {
        if (state is null or { Deleted: true })
            return OrganizationDecisions.NotFound(org);

        var check = new InputCheck();
        var overlap = check.Duration("overlap", request.Overlap, TimeSpan.Zero, MaxOverlap) ?? TimeSpan.Zero;
        if (check.Failed)
            return check.Refusal;

        var live = state.LiveApiKeys(now);
        if (live.IsEmpty)
            return new Refusal(ErrorCode.Conflict, "There is no live API key to replace; create one.");
        if (overlap > TimeSpan.Zero && live.Length >= Organization.MaxAcceptedApiKeys)
            return TooMany;

        var caller = live.FirstOrDefault(key => key.Id == by);
        if (by is not null && caller is null)
            return new Refusal(ErrorCode.Unauthenticated, "The credential is not accepted any more.");
        if (caller?.StateAt(now) == ApiKeyState.Retiring)
            return new Refusal(ErrorCode.Conflict, $"The API key '{by}' is being replaced already; ask with its successor.");

        var rotation = caller is null
            ? ApiKeyRotation.Of(live, id, hash, now, overlap)
            : ApiKeyRotation.By(caller, live, id, hash, now, overlap);

        // Whoever asks sees the new key. An administrator's own key hands on what it has itself.
        if (caller is null && !byOwner && AdminScopes.AnyOf(rotation.Key.Scopes))
            return AdminScopes.OwnersAlone("A key that would be replaced makes administrators; only an owner may replace it.");

        var next = rotation.Replaced.Aggregate(state.Adding(rotation.Key), (organization, old) => organization.With(old));
        return new Decision<Organization, ApiKeyRotation>(
            next,
            [ApiKeyAudit.Rotated(org, rotation), .. rotation.Replaced.Select(old => ApiKeyAudit.Revoked(org, old))],
            rotation);
    }

    private static Refusal TooMany { get; } = new(
        ErrorCode.Conflict, $"An organization has at most {Organization.MaxAcceptedApiKeys} live API keys.");

    private static Decision<Organization, ApiKey> Unchanged(Organization organization, ApiKey key) => new(organization, [], key);

    private static Refusal Ended(ApiKey key, DateTimeOffset now) =>
        new(ErrorCode.Conflict, $"The API key '{key.Id}' is {Names.SnakeCase(key.StateAt(now))}.");

    private static Result<(Organization Organization, ApiKey Key)> Find(Organization? state, OrgSlug org, ApiKeyId id)
    {
        if (state is null or { Deleted: true })
            return OrganizationDecisions.NotFound(org);
        return state.ApiKeys.TryGetValue(id, out var key) ? (state, key) : Refusal.NotFound("API key", id.ToString());
    }
}
