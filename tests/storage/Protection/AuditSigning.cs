using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Storage.Exports;

namespace Tumbler.Storage.Tests.Protection;

internal static class AuditSigning
{
    /// <summary>With exports that nobody makes.</summary>
    public static AuditProofs Proofs { get; } = new(new AuditSigner(Certificates.Ec()), "tests.example/audit", [], new ExportFolders("/nowhere"), null);
}
