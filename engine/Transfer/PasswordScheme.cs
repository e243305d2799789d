using System.Formats.Asn1;

namespace Tumbler.Engine.Transfer;

/// <summary>Which password-based encryption is accepted: PBES2 (RFC 8018 §6.2) of PBKDF2 with HMAC-SHA-2 and AES-CBC. What
/// comes from elsewhere may have been encrypted by anything since 1993, and must not keep this process busy for hours.</summary>
internal static class PasswordScheme
{
    /// <summary>A few seconds.</summary>
    public const int MaxIterations = 5_000_000;

    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";

    private static readonly string[] HmacSha2 = ["1.2.840.113549.2.9", "1.2.840.113549.2.10", "1.2.840.113549.2.11"];
    private static readonly string[] AesCbc = ["2.16.840.1.101.3.4.1.2", "2.16.840.1.101.3.4.1.22", "2.16.840.1.101.3.4.1.42"];
    private static readonly string[] Sha2 = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <param name="encrypted">An EncryptedPrivateKeyInfo (RFC 5958 §3).</param>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static bool IsAccepted(ReadOnlyMemory<byte> encrypted)
    {
        var algorithm = new AsnReader(encrypted, AsnEncodingRules.BER).ReadSequence().ReadSequence();
        if (algorithm.ReadObjectIdentifier() != Pbes2)
            return false;
        var parameters = algorithm.ReadSequence();
        var (derivation, encryption) = (parameters.ReadSequence(), parameters.ReadSequence());
        return derivation.ReadObjectIdentifier() == Pbkdf2
            && IsAccepted(derivation.ReadSequence())
            && AesCbc.Contains(encryption.ReadObjectIdentifier());
    }

    /// <param name="pfx">A PFX (RFC 7292 §4) that is protected by a password.</param>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static bool IsAcceptedMac(ReadOnlyMemory<byte> pfx)
    {
        var reader = new AsnReader(pfx, AsnEncodingRules.BER).ReadSequence();
        reader.ReadInteger();
        reader.ReadSequence();
        var mac = reader.ReadSequence();
        var digest = mac.ReadSequence().ReadSequence().ReadObjectIdentifier();
        mac.ReadOctetString();
        return Sha2.Contains(digest) && (!mac.HasData || IsBearable(mac));
    }

    private static bool IsAccepted(AsnReader pbkdf2)
    {
        pbkdf2.ReadOctetString();
        if (!IsBearable(pbkdf2))
            return false;
        if (pbkdf2.HasData && pbkdf2.PeekTag() == Asn1Tag.Integer)
            pbkdf2.ReadInteger();

        // Left out it is HMAC-SHA-1.
        return pbkdf2.HasData && HmacSha2.Contains(pbkdf2.ReadSequence().ReadObjectIdentifier());
    }

    private static bool IsBearable(AsnReader reader) => reader.TryReadInt32(out var iterations) && iterations is > 0 and <= MaxIterations;
}
