using System.Buffers.Text;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Keys;

/// <summary>How what happens to a ring reads in the audit log.</summary>
public static class RingAudit
{
    public static AuditDraft Ring(AuditAction action, RingId ring, params (string Name, string? Value)[] details) =>
        Draft(action, AuditResource.Ring, ring.Value, details);

    public static AuditDraft Key(AuditAction action, Kid kid, params (string Name, string? Value)[] details) =>
        Draft(action, AuditResource.SigningKey, kid.ToString(), details);

    public static AuditDraft Config(AuditAction action, string what, params (string Name, string? Value)[] details) =>
        Draft(action, AuditResource.Config, what, details);

    public static AuditDraft Policy(AuditAction action, RingId ring, RingPolicy policy) =>
        Draft(action, AuditResource.Policy, ring.Value,
        [
            ("algorithm", policy.Algorithm.ToString()),
            ("rsa_bits", policy.RsaBits?.ToString()),
            ("interval", Duration.Format(policy.Interval)),
            ("validity", Duration.Format(policy.Validity)),
            ("lead", Duration.Format(policy.Lead)),
            ("allow_short_lead", policy.AllowShortLead ? "true" : "false"),
            ("max_token_lifetime", Duration.Format(policy.MaxTokenLifetime)),
        ]);

    /// <summary>Everything about a key but its material: the metadata outlives the key here.</summary>
    public static AuditDraft Made(SigningKey key, params (string Name, string? Value)[] more) => Key(AuditAction.Create, key.Kid,
    [
        ("algorithm", key.PublicKey.Algorithm.ToString()),
        ("rotation_count", key.Ordinal.ToString()),
        .. Schedule(key),
        ("thumbprint", Base64Url.EncodeToString(key.PublicKey.Thumbprint())),
        .. more,
    ]);

    /// <summary>The instants that take the place of those it was made with.</summary>
    public static AuditDraft Moved(SigningKey key) => Key(AuditAction.Update, key.Kid, [.. Schedule(key)]);

    private static IEnumerable<(string Name, string? Value)> Schedule(SigningKey key) =>
    [
        ("origin", Names.SnakeCase(key.Origin)),
        ("published_at", AuditForm.Time(key.PublishedAt)),
        ("activates_at", AuditForm.Time(key.SignsFrom)),
        ("expires_at", AuditForm.Time(key.ExpiresAt)),
    ];

    private static AuditDraft Draft(AuditAction action, AuditResource resource, string id, (string Name, string? Value)[] details) =>
        new(Org: null, action, resource, id, AuditStatus.Success,
            details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Name, detail => detail.Value!));
}
