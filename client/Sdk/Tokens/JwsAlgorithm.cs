using System.Security.Cryptography;

namespace Tumbler.Client.Tokens;

/// <summary>A signature algorithm of RFC 7518 §3.1, with what it asks of a key. HMAC is not here: who could verify could sign.</summary>
/// <param name="Curve">Null for RSA.</param>
internal sealed record JwsAlgorithm(string Name, HashAlgorithmName Hash, RSASignaturePadding? Padding, EcCurve? Curve)
{
    public static IReadOnlyList<JwsAlgorithm> All { get; } =
    [
        new("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null),
        new("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, null),
        new("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, null),
        new("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, null),
        new("PS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pss, null),
        new("PS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss, null),
        new("ES256", HashAlgorithmName.SHA256, null, EcCurve.P256),
        new("ES384", HashAlgorithmName.SHA384, null, EcCurve.P384),
        new("ES512", HashAlgorithmName.SHA512, null, EcCurve.P521),
    ];

    /// <summary>Letter by letter; null for a name that is none of them.</summary>
    public static JwsAlgorithm? Find(ReadOnlySpan<char> name)
    {
        foreach (var algorithm in All)
        {
            if (name.SequenceEqual(algorithm.Name))
                return algorithm;
        }

        return null;
    }

    public bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // The hash here, because ECDsa.VerifyData would put it on the heap.
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        hash = hash[..CryptographicOperations.HashData(Hash, data, hash)];
        return key switch
        {
            RSA rsa => rsa.VerifyHash(hash, signature, Hash, Padding!),
            ECDsa ec => ec.VerifyHash(hash, signature), // Both halves in full (RFC 7518 §3.4), never DER.
            _ => false,
        };
    }
}
