using Tumbler.Core.Audit;

namespace Tumbler.Engine.Audit;

/// <summary>With what the audit log proves itself.</summary>
/// <param name="Signer">Signs checkpoints and exports.</param>
/// <param name="Origin">Whose log it is: first line of every checkpoint and name of the key in it; no space, no plus.</param>
/// <param name="Former">Certificates that signed checkpoints before.</param>
/// <param name="Exports">Where exports are kept.</param>
/// <param name="Timestamps">Who confirms when an export was made; null: nobody.</param>
public sealed record AuditProofs(
    AuditSigner Signer,
    string Origin,
    IReadOnlyList<AuditCertificate> Former,
    IExportFolders Exports,
    ITimestampAuthority? Timestamps)
{
    public IReadOnlyList<AuditCertificate> Trusted => [Signer.Certificate, .. Former];
}
