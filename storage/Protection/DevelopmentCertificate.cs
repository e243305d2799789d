using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Storage.Protection;

/// <summary>The key-encryption certificate of a developer's machine: self-made, without a password. It protects against
/// nobody who can read the file; production refuses it.</summary>
public static class DevelopmentCertificate
{
    private const int RsaBits = 2048;

    // No date on which a developer's data becomes unreadable: "no well-defined expiration", RFC 5280 §4.1.2.5.
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>A new certificate with its private key, as a PFX. The caller zeroes the bytes.</summary>
    public static byte[] Create(DateTimeOffset now)
    {
        using var key = RSA.Create(RsaBits);
        var request = new CertificateRequest(
            "CN=tumbler development", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        using var certificate = request.CreateSelfSigned(now, Never);
        return certificate.Export(X509ContentType.Pfx);
    }
}
