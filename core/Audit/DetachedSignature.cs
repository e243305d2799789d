using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Tumbler.Core.Audit;

/// <summary>CMS SignedData (RFC 5652 §5) over content that is not in it, made from the content's SHA-256 alone: the framework's
/// own would want a log of any size in memory. One signer, SHA-256, signed attributes with the signer's certificate
/// (RFC 5035), DER throughout.</summary>
public static class DetachedSignature
{
    private static readonly Asn1Tag Implicit0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <param name="digest">SHA-256 of the content.</param>
    public static byte[] Sign(ReadOnlySpan<byte> digest, AuditSigner signer, DateTimeOffset now)
    {
        var certificate = signer.Certificate;
        var attributes = Attributes(digest, certificate, now);
        var signature = signer.Sign(attributes);

        // Signed as the SET that they are, carried under the tag that says which one (§5.4).
        attributes[0] = 0xA0;

        var cms = new AsnWriter(AsnEncodingRules.DER);
        using (cms.PushSequence())
        {
            cms.WriteObjectIdentifier(CmsOids.SignedData);
            using (cms.PushSequence(Implicit0))
            using (cms.PushSequence())
            {
                cms.WriteInteger(1);
                using (cms.PushSetOf())
                    WriteAlgorithm(cms, CmsOids.Sha256);
                using (cms.PushSequence())
                    cms.WriteObjectIdentifier(CmsOids.Data);
                using (cms.PushSetOf(Implicit0))
                    cms.WriteEncodedValue(certificate.Der.Span);
                using (cms.PushSetOf())
                using (cms.PushSequence())
                {
                    cms.WriteInteger(1);
                    using (cms.PushSequence())
                    {
                        cms.WriteEncodedValue(certificate.Issuer.Span);
                        cms.WriteInteger(certificate.SerialNumber.Span);
                    }

                    WriteAlgorithm(cms, CmsOids.Sha256);
                    cms.WriteEncodedValue(attributes);
                    WriteAlgorithm(cms, certificate.IsRsa ? CmsOids.RsaWithSha256 : CmsOids.EcdsaWithSha256, withNull: certificate.IsRsa);
                    cms.WriteOctetString(signature);
                }
            }
        }

        return cms.Encode();
    }

    private static byte[] Attributes(ReadOnlySpan<byte> digest, AuditCertificate certificate, DateTimeOffset now)
    {
        var attributes = new AsnWriter(AsnEncodingRules.DER);
        using (attributes.PushSetOf())
        {
            using (Attribute(attributes, CmsOids.ContentType))
            using (attributes.PushSetOf())
                attributes.WriteObjectIdentifier(CmsOids.Data);

            // UTCTime through 2049, as §11.3 demands.
            using (Attribute(attributes, CmsOids.SigningTime))
            using (attributes.PushSetOf())
            {
                var second = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
                if (now.UtcDateTime.Year < 2050)
                    attributes.WriteUtcTime(second);
                else
                    attributes.WriteGeneralizedTime(second, omitFractionalSeconds: true);
            }

            using (Attribute(attributes, CmsOids.MessageDigest))
            using (attributes.PushSetOf())
                attributes.WriteOctetString(digest);

            using (Attribute(attributes, CmsOids.SigningCertificateV2))
            using (attributes.PushSetOf())
            using (attributes.PushSequence())
            using (attributes.PushSequence())
            using (attributes.PushSequence())
                attributes.WriteOctetString(SHA256.HashData(certificate.Der.Span));
        }

        return attributes.Encode();
    }

    private static AsnWriter.Scope Attribute(AsnWriter writer, string oid)
    {
        var attribute = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        return attribute;
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid, bool withNull = false)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (withNull)
                writer.WriteNull();
        }
    }
}
