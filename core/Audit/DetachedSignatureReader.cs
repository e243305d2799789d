using System.Formats.Asn1;
using System.Numerics;

namespace Tumbler.Core.Audit;

/// <summary>Verifies what <see cref="DetachedSignature"/> makes. Of CMS it knows that much and takes nothing else.</summary>
public static class DetachedSignatureReader
{
    private static readonly Asn1Tag Implicit0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <param name="digest">SHA-256 of the content.</param>
    /// <returns>Null when a trusted certificate signed this content; else what is wrong, to follow the file's name.</returns>
    public static string? Problem(ReadOnlyMemory<byte> cms, ReadOnlySpan<byte> digest, IReadOnlyList<AuditCertificate> trusted)
    {
        try
        {
            var (signer, attributes, signature) = Read(cms, trusted);
            if (signer is null)
                return "is not signed by the audit certificate";
            if (!signer.Verifies(attributes, signature))
                return "has a signature that does not verify";
            return SignedDigest(attributes) is { } signed && signed.AsSpan().SequenceEqual(digest) ? null : "is the signature of another content";
        }
        catch (AsnContentException)
        {
            return "is no detached CMS signature of ours";
        }
    }

    /// <summary>The signer when it is trusted, its signed attributes as the SET that was signed, and the signature.</summary>
    private static (AuditCertificate? Signer, byte[] Attributes, byte[] Signature) Read(ReadOnlyMemory<byte> cms, IReadOnlyList<AuditCertificate> trusted)
    {
        var whole = new AsnReader(cms, AsnEncodingRules.DER);
        var content = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        Expect(content.ReadObjectIdentifier() == CmsOids.SignedData);
        var wrapped = content.ReadSequence(Implicit0);
        content.ThrowIfNotEmpty();
        var data = wrapped.ReadSequence();
        wrapped.ThrowIfNotEmpty();

        Expect(data.ReadInteger() == BigInteger.One);
        var digests = data.ReadSetOf();
        Expect(Algorithm(digests) == CmsOids.Sha256);
        digests.ThrowIfNotEmpty();
        var contained = data.ReadSequence();
        Expect(contained.ReadObjectIdentifier() == CmsOids.Data);
        contained.ThrowIfNotEmpty();
        data.ReadSetOf(Implicit0);
        var signers = data.ReadSetOf();
        data.ThrowIfNotEmpty();

        var info = signers.ReadSequence();
        signers.ThrowIfNotEmpty();
        Expect(info.ReadInteger() == BigInteger.One);
        var name = info.ReadSequence();
        var (issuer, serial) = (name.ReadEncodedValue(), name.ReadIntegerBytes());
        name.ThrowIfNotEmpty();
        Expect(Algorithm(info) == CmsOids.Sha256);
        var attributes = info.ReadEncodedValue().ToArray();
        Expect(attributes[0] == 0xA0);
        attributes[0] = 0x31;
        var algorithm = Algorithm(info);
        var signature = info.ReadOctetString();
        info.ThrowIfNotEmpty();

        var signer = trusted.FirstOrDefault(certificate =>
            certificate.Issuer.Span.SequenceEqual(issuer.Span) && certificate.SerialNumber.Span.SequenceEqual(serial.Span));
        Expect(signer is null || (signer.IsRsa ? algorithm is CmsOids.RsaWithSha256 or CmsOids.RsaEncryption : algorithm is CmsOids.EcdsaWithSha256));
        return (signer, attributes, signature);
    }

    private static byte[]? SignedDigest(byte[] attributes)
    {
        byte[]? digest = null;
        var isData = false;
        var set = new AsnReader(attributes, AsnEncodingRules.DER).ReadSetOf();
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            var values = attribute.ReadSetOf();
            if (oid == CmsOids.MessageDigest)
            {
                Expect(digest is null);
                digest = values.ReadOctetString();
                values.ThrowIfNotEmpty();
            }
            else if (oid == CmsOids.ContentType)
            {
                isData = values.ReadObjectIdentifier() == CmsOids.Data;
                values.ThrowIfNotEmpty();
            }
        }

        return isData ? digest : null;
    }

    private static string Algorithm(AsnReader reader)
    {
        var algorithm = reader.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
            algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        return oid;
    }

    private static void Expect(bool holds)
    {
        if (!holds)
            throw new AsnContentException();
    }
}
