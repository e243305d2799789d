using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Input;
using Tumbler.Core.Audit;
using Tumbler.Core.Privacy;

namespace Tumbler.Core.Clients;

/// <summary>What the audit log says about registered clients: rights, and thumbprints of their keys (RFC 7638).</summary>
internal static class ClientAudit
{
    public static AuditDraft Created(RegisteredClient client) => Draft(AuditAction.Create, client, Describe(client));

    public static AuditDraft Replaced(RegisteredClient before, RegisteredClient after)
    {
        var old = Describe(before);
        return Draft(AuditAction.Update, after, Describe(after).Where(member => old.GetValueOrDefault(member.Key) != member.Value).ToDictionary());
    }

    public static AuditDraft Deleted(RegisteredClient client) => Draft(AuditAction.Delete, client, []);

    private static AuditDraft Draft(AuditAction action, RegisteredClient client, Dictionary<string, string> details) =>
        new(client.Id.Org, action, AuditResource.Credential, client.Id.ToString(), AuditStatus.Success, details);

    private static Dictionary<string, string> Describe(RegisteredClient client) => new()
    {
        ["name"] = client.Name,
        ["method"] = Names.SnakeCase(client.Method),
        ["scopes"] = string.Join(' ', client.Scopes),
        ["audiences"] = string.Join(' ', client.Audiences),
        ["expires_at"] = client.ExpiresAt is { } end ? AuditForm.Time(end) : "never",
        ["keys"] = client.KeysUri ?? string.Join(' ', client.Keys?.Keys.Select(key => key.Thumbprint()) ?? []),
        ["algorithm"] = client.Algorithm?.ToString() ?? "any",
        ["certificate_name"] = client.CertificateName is { } name ? $"{Names.SnakeCase(name.Kind)}:{Shown(name)}" : "none",
        ["bound_tokens"] = client.BoundTokens ? "true" : "false",
    };

    private static string Shown(CertificateName name) =>
        name.Kind == CertificateNameKind.SanEmail ? Redaction.Email(name.Value) : name.Value;
}
