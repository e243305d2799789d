using System.Security.Cryptography;

namespace Tumbler.Client.Keys;

/// <summary>Which RSA keys are worth anything.</summary>
internal static class RsaNumbers
{
    // NIST SP 800-131A; RFC 7518 §3.3.
    private const int LeastBytes = 256;

    // Beyond it a verification takes so long that the key is an attack.
    private const int MostBytes = 1024;

    /// <exception cref="CryptographicException">It is too short, too long or even.</exception>
    public static byte[] CheckedModulus(byte[] modulus)
    {
        var number = WithoutZeros(modulus);
        if (number.Length is < LeastBytes or > MostBytes || (number.Length == LeastBytes && number[0] < 0x80))
            throw new CryptographicException("An RSA modulus must have 2048 to 8192 bits.");
        return (number[^1] & 1) == 1 ? number : throw new CryptographicException("The RSA modulus is even.");
    }

    /// <exception cref="CryptographicException">With it anybody could sign, or verifying would take long.</exception>
    public static byte[] CheckedExponent(byte[] exponent)
    {
        var number = WithoutZeros(exponent);
        return number.Length is > 0 and <= 4 && (number[^1] & 1) == 1 && !number.AsSpan().SequenceEqual((ReadOnlySpan<byte>)[1])
            ? number
            : throw new CryptographicException("An RSA exponent must be odd, above 1 and below 2^32.");
    }

    /// <summary>RFC 7518 §2 forbids zeros in front; some issuers write one all the same, and it changes nothing.</summary>
    private static byte[] WithoutZeros(byte[] number) => number.AsSpan().TrimStart((byte)0).ToArray();
}
