using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Storage.Protection;

/// <summary>The audit signing certificate of a developer's machine: self-made, without a password. It proves nothing to
/// anybody but its maker; production refuses it.</summary>
public static class DevelopmentAuditCertificate
{
    // As for DevelopmentCertificate: no date on which a developer's log stops verifying.
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>A new certificate with its private key, as a PFX. The caller zeroes the bytes.</summary>
    public static byte[] Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=tumbler development audit", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        using var certificate = request.CreateSelfSigned(now, Never);
        return certificate.Export(X509ContentType.Pfx);
    }
}
