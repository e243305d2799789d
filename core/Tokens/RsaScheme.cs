using System.Security.Cryptography;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518 §3.3 and §3.5).</summary>
internal sealed class RsaScheme(JwsAlgorithm algorithm, HashAlgorithmName hash, RSASignaturePadding padding)
    : SignatureScheme(algorithm, hash)
{
    private const int DefaultBits = 2048;

    public override string KeyType => "RSA";

    internal override (string First, string Second) Members => ("n", "e");

    // 65537: what every generator uses, and small enough that a foreign key can't be made slow to verify with.
    private static ReadOnlySpan<byte> Exponent => [1, 0, 1];

    internal override int SignatureSize(AsymmetricAlgorithm key) => key.KeySize / 8;

    internal override AsymmetricAlgorithm Generate(int? rsaBits)
    {
        var bits = rsaBits ?? DefaultBits;
        return IsAllowedSize(bits)
            ? RSA.Create(bits)
            : throw new ArgumentOutOfRangeException(nameof(rsaBits), bits, "An RSA key has 2048, 3072 or 4096 bits.");
    }

    internal override AsymmetricAlgorithm NewHandle() => RSA.Create();

    internal override AsymmetricAlgorithm ImportPublic(byte[] first, byte[] second)
    {
        Check(first, second);
        return RSA.Create(new RSAParameters { Modulus = first, Exponent = second });
    }

    internal override (byte[] First, byte[] Second) ExportPublic(AsymmetricAlgorithm key)
    {
        var parameters = ((RSA)key).ExportParameters(includePrivateParameters: false);
        Check(parameters.Modulus!, parameters.Exponent);
        return (parameters.Modulus!, parameters.Exponent!);
    }

    internal override int Sign(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, Span<byte> destination) =>
        ((RSA)key).SignData(data, destination, Hash, padding);

    internal override bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        ((RSA)key).VerifyData(data, signature, Hash, padding);

    private static bool IsAllowedSize(int bits) => bits is 2048 or 3072 or 4096;

    private static void Check(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        if (!IsAllowedSize(modulus.Length * 8) || modulus[0] < 0x80)
            throw new CryptographicException("The RSA modulus has not 2048, 3072 or 4096 bits.");
        if ((modulus[^1] & 1) == 0)
            throw new CryptographicException("The RSA modulus is even.");
        if (!exponent.SequenceEqual(Exponent))
            throw new CryptographicException("The RSA exponent is not 65537.");
    }
}
