using System.Globalization;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Organizations;

/// <summary>What the audit log says about API keys: fingerprints and rights, never a key.</summary>
internal static class ApiKeyAudit
{
    public static AuditDraft Created(OrgSlug org, ApiKey key) =>
        Draft(org, AuditAction.Create, key, Changes(null, key));

    public static AuditDraft Changed(OrgSlug org, ApiKey before, ApiKey after) =>
        Draft(org, AuditAction.Update, after, Changes(before, after));

    public static AuditDraft Revoked(OrgSlug org, ApiKey key) =>
        Draft(org, AuditAction.Revoke, key, new() { ["effective_at"] = Text(key.RevokedAt) });

    public static AuditDraft Rotated(OrgSlug org, ApiKeyRotation rotation)
    {
        var details = Changes(null, rotation.Key);
        details["replaced"] = string.Join(' ', rotation.Replaced.Select(old => old.Hash.Fingerprint));
        details["effective_at"] = Text(rotation.EffectiveAt);
        return Draft(org, AuditAction.Rotate, rotation.Key, details);
    }

    private static AuditDraft Draft(OrgSlug org, AuditAction action, ApiKey key, Dictionary<string, string> details)
    {
        details["fingerprint"] = key.Hash.Fingerprint;
        return new(org, action, AuditResource.ApiKey, key.Id.ToString(), AuditStatus.Success, details);
    }

    /// <summary>What became different, as it is now.</summary>
    private static Dictionary<string, string> Changes(ApiKey? before, ApiKey after)
    {
        var (old, current) = (before is null ? [] : Describe(before), Describe(after));
        var changes = current.Where(member => old.GetValueOrDefault(member.Key) != member.Value).ToDictionary();
        if (before?.RateLimit is not null && after.RateLimit is null)
            changes["rate_limit"] = "none";
        return changes;
    }

    private static Dictionary<string, string> Describe(ApiKey key)
    {
        var members = new Dictionary<string, string>
        {
            ["name"] = key.Name,
            ["scopes"] = string.Join(' ', key.Scopes),
            ["audiences"] = string.Join(' ', key.Audiences),
            ["allowed_addresses"] = string.Join(' ', key.AllowedAddresses),
            ["expires_at"] = Text(key.ExpiresAt),
        };
        if (key.RateLimit is { } rule)
            members["rate_limit"] = string.Create(CultureInfo.InvariantCulture, $"{rule.Limit} in {Duration.Format(rule.Window)}");
        return members;
    }

    private static string Text(DateTimeOffset? time) => time is { } instant ? AuditForm.Time(instant) : "never";
}
