using System.Text.Json.Serialization;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Contracts.ApiKeys;

/// <param name="Reason">Null when valid. <c>invalid_key</c> for unknown, revoked, expired, suspended and malformed
/// alike; <c>insufficient_scope</c>, <c>address_not_allowed</c> and <c>audience_not_allowed</c> for a good key that may not do this;
/// <c>rate_limited</c> for one that was used too often.</param>
public sealed record ApiKeyVerdict(bool Valid, string? Reason, OrgSlug? Org, ApiKeyId? KeyId, IReadOnlyList<string>? Scopes)
{
    public const string InvalidKey = "invalid_key";
    public const string InsufficientScope = "insufficient_scope";
    public const string AddressNotAllowed = "address_not_allowed";
    public const string AudienceNotAllowed = "audience_not_allowed";

    public const string RateLimited = "rate_limited";

    /// <summary>How the key's own rate limit stands, if it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuotaState? RateLimit { get; init; }

    public static ApiKeyVerdict Refused(string reason) => new(false, reason, null, null, null);
}
