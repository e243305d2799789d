using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Tumbler.Storage.Protection;

/// <summary>Reads a time-stamping authority's response that was kept.</summary>
public static class StoredTimestamp
{
    /// <summary>When the authority stamped this digest; null when it did not. Whether to believe the authority is for
    /// <c>openssl ts -verify</c> and whoever knows its certificate.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlyMemory<byte> response, ReadOnlySpan<byte> sha256)
    {
        try
        {
            var whole = new AsnReader(response, AsnEncodingRules.BER);
            var parts = whole.ReadSequence();
            whole.ThrowIfNotEmpty();
            parts.ReadEncodedValue(); // PKIStatusInfo: without a token there is nothing to say.
            return parts.HasData
                && Rfc3161TimestampToken.TryDecode(parts.ReadEncodedValue(), out var token, out _)
                && token.VerifySignatureForHash(sha256, HashAlgorithmName.SHA256, out _)
                    ? token.TokenInfo.Timestamp
                    : null;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return null;
        }
    }
}
