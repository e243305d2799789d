using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Keys;

/// <summary>What is done with the audit log as a whole. No aggregate owns it, so the default ring's chain tells.</summary>
public static class WholeLog
{
    /// <summary>Changes nothing and leaves an entry: who took a copy.</summary>
    public static RingChange Exported(KeyRing ring, AuditExport export, DateTimeOffset now) => new(
        ring, [], [RingAudit.Config(AuditAction.Execute, "audit_log", ("command", "export_audit_log"), ("export", export.Id.ToString()))], now);
}
