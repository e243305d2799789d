using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

/// <summary>Self-signed certificates that sign audit logs.</summary>
internal static class AuditSigners
{
    public static AuditSigner P256 { get; } = Ec(ECCurve.NamedCurves.nistP256);

    public static AuditSigner P384 { get; } = Ec(ECCurve.NamedCurves.nistP384);

    public static AuditSigner Rsa { get; } = New(key => new CertificateRequest("CN=audit rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), RSA.Create(2048));

    public static AuditSigner Of(string key) => key switch { "P-256" => P256, "P-384" => P384, _ => Rsa };

    public static AuditSigner Ec(ECCurve curve) =>
        New(key => new CertificateRequest("CN=audit ec", key, HashAlgorithmName.SHA256), ECDsa.Create(curve));

    private static AuditSigner New<T>(Func<T, CertificateRequest> request, T key) where T : AsymmetricAlgorithm
    {
        var made = request(key);
        made.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        return new AuditSigner(made.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90)));
    }
}
