using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using Tumbler.Core.Keys;
using Tumbler.Engine.Protection;

namespace Tumbler.Storage.Protection;

/// <summary>PKCS#8 inside CMS EnvelopedData (RFC 5652 §6) for the current key-encryption certificate: AES-256-CBC (RFC 3565)
/// under a key transported with RSA-OAEP-SHA256 (RFC 3560). CBC notices no tampering by itself; whoever opens a blob compares
/// the key inside with the public half that it was published with.</summary>
public sealed class CmsKeyProtector : IKeyProtector
{
    private static readonly Oid Aes256Cbc = new("2.16.840.1.101.3.4.1.42");

    private readonly IReadOnlyList<X509Certificate2> certificates;

    /// <param name="certificates">RSA, with private keys. The first one is the recipient of what is protected from now on;
    /// the others still open what was protected before.</param>
    public CmsKeyProtector(IReadOnlyList<X509Certificate2> certificates)
    {
        if (certificates.Count == 0)
            throw new ArgumentException("There must be a certificate.", nameof(certificates));
        this.certificates = certificates;
    }

    public ProtectedKey Protect(ReadOnlySpan<byte> pkcs8)
    {
        // Pinned: the collector leaves no copies behind that zeroing would miss.
        var content = GC.AllocateUninitializedArray<byte>(pkcs8.Length, pinned: true);
        pkcs8.CopyTo(content);
        try
        {
            var cms = new EnvelopedCms(new ContentInfo(content), new AlgorithmIdentifier(Aes256Cbc));
            cms.Encrypt(new CmsRecipient(
                SubjectIdentifierType.IssuerAndSerialNumber, certificates[0], RSAEncryptionPadding.OaepSHA256));
            return new ProtectedKey(cms.Encode());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public byte[] Unprotect(ProtectedKey key)
    {
        var cms = new EnvelopedCms();
        cms.Decode(key.Cms.Span);
        foreach (var recipient in cms.RecipientInfos)
        {
            if (certificates.FirstOrDefault(certificate => IsFor(recipient, certificate)) is not { } certificate)
                continue;
            using var privateKey = certificate.GetRSAPrivateKey();
            cms.Decrypt(recipient, privateKey);
            return cms.ContentInfo.Content;
        }

        throw new CryptographicException("The private key is protected for a certificate that is not configured here.");
    }

    private static bool IsFor(RecipientInfo recipient, X509Certificate2 certificate) =>
        recipient.RecipientIdentifier.Value is X509IssuerSerial name
        && name.SerialNumber == certificate.SerialNumber
        && name.IssuerName == certificate.Issuer;
}
