using Tumbler.Contracts.Organizations;

namespace Tumbler.Contracts.ApiKeys;

/// <param name="Reason">Null when valid. <c>invalid_key</c> for unknown, revoked, expired, suspended and malformed
/// alike; <c>insufficient_scope</c>, <c>address_not_allowed</c> and <c>audience_not_allowed</c> for a good key that may not do this.</param>
public sealed record ApiKeyVerdict(bool Valid, string? Reason, OrgSlug? Org, ApiKeyId? KeyId, IReadOnlyList<string>? Scopes)
{
    public const string InvalidKey = "invalid_key";
    public const string InsufficientScope = "insufficient_scope";
    public const string AddressNotAllowed = "address_not_allowed";
    public const string AudienceNotAllowed = "audience_not_allowed";

    public static ApiKeyVerdict Refused(string reason) => new(false, reason, null, null, null);
}
