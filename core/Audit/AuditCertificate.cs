using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tumbler.Core.Audit;

/// <summary>The public half of what signs checkpoints and exports: an X.509 certificate with an ECDSA key on P-256 or P-384,
/// or an RSA key. Always with SHA-256.</summary>
public sealed class AuditCertificate
{
    public const int MinRsaBits = 2048;

    // C2SP signed-note: 0x02 is ECDSA. RSA has no number of its own: 0xff and a name that nobody else has.
    private static readonly byte[] RsaType = [0xff, .. "tumbler RSASSA-PKCS1-v1_5 with SHA-256"u8];

    private readonly X509Certificate2 certificate;
    private readonly byte[] publicKey;
    private readonly bool isRsa;

    private AuditCertificate(X509Certificate2 certificate, bool isRsa) =>
        (this.certificate, publicKey, this.isRsa) = (certificate, certificate.PublicKey.ExportSubjectPublicKeyInfo(), isRsa);

    public string Subject => certificate.Subject;

    public DateTimeOffset NotBefore => certificate.NotBefore.ToUniversalTime();

    public DateTimeOffset NotAfter => certificate.NotAfter.ToUniversalTime();

    public ReadOnlyMemory<byte> Der => certificate.RawDataMemory;

    public ReadOnlyMemory<byte> SerialNumber => certificate.SerialNumberBytes;

    public ReadOnlyMemory<byte> Issuer => certificate.IssuerName.RawData;

    public bool IsRsa => isRsa;

    public string Pem() => certificate.ExportCertificatePem() + "\n";

    /// <summary>What keeps a certificate from being one of these, or null.</summary>
    public static string? Problem(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
            return rsa.KeySize < MinRsaBits ? $"has an RSA key of {rsa.KeySize} bits; at least {MinRsaBits} are needed" : null;
        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa?.KeySize is 256 or 384 ? null : "has neither an ECDSA key on P-256 or P-384 nor an RSA key";
    }

    /// <exception cref="ArgumentException">It has a <see cref="Problem"/>.</exception>
    public static AuditCertificate Of(X509Certificate2 certificate)
    {
        if (Problem(certificate) is { } problem)
            throw new ArgumentException($"The certificate {problem}.", nameof(certificate));
        using var rsa = certificate.GetRSAPublicKey();
        return new AuditCertificate(certificate, rsa is not null);
    }

    /// <summary>The key ID of C2SP signed-note. For ECDSA it does not depend on the name.</summary>
    public uint KeyId(string name) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(isRsa
        ? [.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. RsaType, .. publicKey]
        : publicKey));

    /// <param name="signature">ECDSA: as DER (RFC 3279). RSA: PKCS#1 v1.5.</param>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (isRsa)
        {
            using var rsa = certificate.GetRSAPublicKey()!;
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = certificate.GetECDsaPublicKey()!;
        return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override string ToString() => Subject;
}
