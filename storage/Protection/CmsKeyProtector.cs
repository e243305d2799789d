using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using Tumbler.Contracts.Protection;
using Tumbler.Core.Keys;
using Tumbler.Engine.Protection;

namespace Tumbler.Storage.Protection;

/// <summary>PKCS#8 inside CMS EnvelopedData (RFC 5652 §6) for the current key-encryption certificate and those that are
/// recipients only: AES-256-CBC (RFC 3565) under a key transported with RSA-OAEP-SHA256 (RFC 3560) to each. CBC notices no
/// tampering by itself; whoever opens a blob compares the key inside with the public half that it was published with.</summary>
public sealed class CmsKeyProtector : IKeyProtector
{
    /// <summary>A key for a dozen recipients takes a tenth of it; nothing larger was written here.</summary>
    public const int MaxSize = 64 * 1024;

    private static readonly Oid Aes256Cbc = new("2.16.840.1.101.3.4.1.42");

    private volatile Set current;

    /// <param name="own">RSA, with private keys. The first one is a recipient of what is protected from now on; the others
    /// still open what was protected before.</param>
    /// <param name="recipientsOnly">RSA. Everything is protected for them too, and nothing is opened with them.</param>
    public CmsKeyProtector(IReadOnlyList<X509Certificate2> own, IReadOnlyList<X509Certificate2>? recipientsOnly = null) =>
        current = new Set(own, recipientsOnly ?? []);

    public IReadOnlyList<KeyCertificate> Certificates => current.Described;

    /// <summary>From now on these. Whoever is at work with the others goes on with them, so they are not disposed of.</summary>
    public void Replace(IReadOnlyList<X509Certificate2> own, IReadOnlyList<X509Certificate2> recipientsOnly) => current = new Set(own, recipientsOnly);

    public ProtectedKey Protect(ReadOnlySpan<byte> pkcs8)
    {
        // Pinned: the collector leaves no copies behind that zeroing would miss.
        var content = GC.AllocateUninitializedArray<byte>(pkcs8.Length, pinned: true);
        pkcs8.CopyTo(content);
        try
        {
            var cms = new EnvelopedCms(new ContentInfo(content), new AlgorithmIdentifier(Aes256Cbc));
            var to = new CmsRecipientCollection();
            foreach (var each in current.Recipients)
                to.Add(new CmsRecipient(SubjectIdentifierType.IssuerAndSerialNumber, each, RSAEncryptionPadding.OaepSHA256));
            cms.Encrypt(to);
            return new ProtectedKey(cms.Encode());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public byte[] Unprotect(ProtectedKey key)
    {
        var (cms, own) = (Decode(key), current.Own);
        CryptographicException? failure = null;
        foreach (var recipient in cms.RecipientInfos)
        {
            if (Array.Find(own, each => IsFor(recipient, each)) is not { } certificate)
                continue;
            try
            {
                using var privateKey = certificate.GetRSAPrivateKey();
                cms.Decrypt(recipient, privateKey);
                return cms.ContentInfo.Content;
            }
            catch (CryptographicException e)
            {
                // Each recipient's part can be damaged by itself: another certificate of ours may do.
                failure = e;
            }
        }

        throw new UnreadableKeyException(failure is null ? KeyFault.NoCertificate : KeyFault.Damaged, failure);
    }

    public KeyReaders ReadersOf(ProtectedKey key)
    {
        var known = current.Known;
        var recipientInfos = Decode(key).RecipientInfos.Cast<RecipientInfo>().ToArray();
        var readers = recipientInfos
            .Select(recipient => Array.Find(known, each => IsFor(recipient, each.Certificate)).Thumbprint)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return new KeyReaders(readers, recipientInfos.Length - readers.Count);
    }

    /// <summary>SHA-256, in lower-case hex.</summary>
    public static string Thumbprint(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <summary>Whether a blob could not tell the two apart: it names its recipients by issuer and serial number.</summary>
    public static bool AreAlike(X509Certificate2 a, X509Certificate2 b) =>
        a.SerialNumber == b.SerialNumber && a.Issuer == b.Issuer;

    private static EnvelopedCms Decode(ProtectedKey key)
    {
        if (key.Cms.Length > MaxSize)
            throw new UnreadableKeyException(KeyFault.Damaged);
        var cms = new EnvelopedCms();
        try
        {
            cms.Decode(key.Cms.Span);
            return cms;
        }
        catch (CryptographicException e)
        {
            throw new UnreadableKeyException(KeyFault.Damaged, e);
        }
    }

    private static bool IsFor(RecipientInfo recipient, X509Certificate2 certificate) =>
        recipient.RecipientIdentifier.Value is X509IssuerSerial name
        && name.SerialNumber == certificate.SerialNumber
        && name.IssuerName == certificate.Issuer;

    private static KeyCertificate Describe(X509Certificate2 certificate, CertificateRole role) =>
        new(certificate.Subject, Thumbprint(certificate), certificate.NotAfter.ToUniversalTime(), role);

    private sealed class Set
    {
        public Set(IReadOnlyList<X509Certificate2> own, IReadOnlyList<X509Certificate2> recipientsOnly)
        {
            if (own.Count == 0)
                throw new ArgumentException("There must be a certificate.", nameof(own));
            Own = [.. own];
            Recipients = [own[0], .. recipientsOnly];
            Known = [.. own.Concat(recipientsOnly).Select(each => (each, Thumbprint(each)))];
            Described =
            [
                Describe(own[0], CertificateRole.Current),
                .. own.Skip(1).Select(each => Describe(each, CertificateRole.Decrypts)),
                .. recipientsOnly.Select(each => Describe(each, CertificateRole.RecipientOnly)),
            ];
        }

        public X509Certificate2[] Own { get; }

        public X509Certificate2[] Recipients { get; }

        public (X509Certificate2 Certificate, string Thumbprint)[] Known { get; }

        public IReadOnlyList<KeyCertificate> Described { get; }
    }
}
