using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;

namespace Tumbler.Bench.Micro;

/// <summary>What the audit log takes besides the store.</summary>
internal static class AuditWork
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Action Canonicalize()
    {
        byte[] document =
        [
            .. """
            {"time": "2026-03-01T12:00:00.000Z", "seq": 1234, "chain": "org:acme", "action": "UPDATE",
             "details": {"scopes": "invoices:read", "delay": 1.5, "name": "\u00e9", "retry": true, "until": null, "names": ["z", "a"]}}
            """u8,
        ];
        return () => CanonicalJson.Of(document);
    }

    /// <summary>An entry as a change leaves it: details redacted, canonical form, hash, MAC.</summary>
    public static Action Link()
    {
        var draft = new AuditDraft(
            OrgSlug.Parse("acme"), AuditAction.Update, AuditResource.ApiKey, "0b6a3b9a-3f0c-4f57-9a60-6ad6f3f1b3c1", AuditStatus.Success,
            new Dictionary<string, string> { ["scopes"] = "invoices:read invoices:write", ["name"] = "b***g" });
        var call = new CallContext(Actor.Administrator, "5f0c2a57d1f94ddcb7ea3c1f0a6a9d1e", "192.0.2.17");
        var key = new AuditKey(new byte[AuditKey.MinLength]);
        return () => AuditChain.Append("org:acme", AuditHead.Empty, [draft], call, Now, key);
    }
}
