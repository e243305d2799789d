using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Core.Clients;

/// <summary>The subject alternative names of a certificate (RFC 5280 §4.2.1.6), as far as clients are known by them.</summary>
internal static class AlternativeNames
{
    private const string Oid = "2.5.29.17";

    /// <summary>None of one that can't be read.</summary>
    public static IReadOnlyList<CertificateName> Of(X509Certificate2 certificate)
    {
        // Two of them would be no certificate (RFC 5280 §4.2), and who knows which one its authority has looked at.
        if (certificate.Extensions.Where(each => each.Oid?.Value == Oid).ToArray() is not [var extension])
            return [];
        try
        {
            return [.. Read(extension.RawData)];
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    private static List<CertificateName> Read(byte[] der)
    {
        var names = new List<CertificateName>();
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            switch (tag)
            {
                case { TagClass: TagClass.ContextSpecific, TagValue: 1 }:
                    names.Add(new CertificateName(CertificateNameKind.SanEmail, sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag)));
                    break;
                case { TagClass: TagClass.ContextSpecific, TagValue: 2 }:
                    names.Add(new CertificateName(CertificateNameKind.SanDns, sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag)));
                    break;
                case { TagClass: TagClass.ContextSpecific, TagValue: 6 }:
                    names.Add(new CertificateName(CertificateNameKind.SanUri, sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag)));
                    break;
                case { TagClass: TagClass.ContextSpecific, TagValue: 7 } when sequence.ReadOctetString(tag) is { Length: 4 or 16 } address:
                    names.Add(new CertificateName(CertificateNameKind.SanIp, new IPAddress(address).ToString()));
                    break;
                case { TagClass: TagClass.ContextSpecific, TagValue: 7 }:
                    break;
                default:
                    sequence.ReadEncodedValue();
                    break;
            }
        }

        return names;
    }
}
