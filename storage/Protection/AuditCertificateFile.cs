using System.Diagnostics.CodeAnalysis;
using Tumbler.Core.Audit;

namespace Tumbler.Storage.Protection;

/// <summary>Reads the certificates that sign audit logs, or signed them.</summary>
public static class AuditCertificateFile
{
    /// <param name="path">A PFX, or a PEM with the certificate and its private key.</param>
    /// <param name="password">Of the PFX or of the PEM's encrypted private key; null when there is none.</param>
    /// <param name="problem">For the operator: names the file and never repeats the password.</param>
    public static bool TryLoadSigner(
        string path, string? password, [NotNullWhen(true)] out AuditSigner? signer, [NotNullWhen(false)] out string? problem)
    {
        signer = null;
        problem = CertificateFile.TryRead(path, bytes => CertificateFile.WithPrivateKey(path, bytes, password), out var certificate)
            ? certificate.HasPrivateKey ? AuditCertificate.Problem(certificate) : "has no private key"
            : CertificateFile.NotOpened(password);
        if (problem is null)
            signer = new AuditSigner(certificate!);
        problem = problem is null ? null : $"The certificate '{path}' {problem}.";
        return signer is not null;
    }

    /// <param name="path">PEM with one certificate or several, or one as DER.</param>
    public static bool TryLoadPublic(
        string path, out IReadOnlyList<AuditCertificate> certificates, [NotNullWhen(false)] out string? problem)
    {
        certificates = [];
        problem = "can't be read, or is no certificate in PEM or DER";
        if (CertificateFile.TryRead(path, CertificateFile.Public, out var all) && all.Count > 0)
            problem = all.Select(AuditCertificate.Problem).FirstOrDefault(each => each is not null);
        if (problem is null)
            certificates = [.. all!.Select(AuditCertificate.Of)];
        problem = problem is null ? null : $"The certificate '{path}' {problem}.";
        return problem is null;
    }
}
