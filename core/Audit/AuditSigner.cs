using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Core.Audit;

/// <summary>Signs checkpoints and exports. Shows nothing of its private key.</summary>
public sealed class AuditSigner
{
    private readonly X509Certificate2 withPrivateKey;

    /// <param name="certificate">With its private key.</param>
    /// <exception cref="ArgumentException"/>
    public AuditSigner(X509Certificate2 certificate)
    {
        if (!certificate.HasPrivateKey)
            throw new ArgumentException("The certificate has no private key.", nameof(certificate));
        (withPrivateKey, Certificate) = (certificate, AuditCertificate.Of(certificate));
    }

    public AuditCertificate Certificate { get; }

    /// <summary>As <see cref="AuditCertificate.Verifies"/> expects it.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        if (Certificate.IsRsa)
        {
            using var rsa = withPrivateKey.GetRSAPrivateKey()!;
            return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = withPrivateKey.GetECDsaPrivateKey()!;
        return ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override string ToString() => $"AuditSigner {Certificate}";
}
