using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>What one JWS algorithm (RFC 7518 §3.1) asks of its keys and signatures. RSA and elliptic curves differ only
/// in here: a public key is two numbers, (n, e) or (x, y), and every other type takes a scheme as its parameter.</summary>
public abstract class SignatureScheme
{
    private static readonly SignatureScheme[] Table =
    [
        new RsaScheme(JwsAlgorithm.RS256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        new RsaScheme(JwsAlgorithm.RS384, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        new RsaScheme(JwsAlgorithm.RS512, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        new RsaScheme(JwsAlgorithm.PS256, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        new RsaScheme(JwsAlgorithm.PS384, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        new RsaScheme(JwsAlgorithm.PS512, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        new EcScheme(JwsAlgorithm.ES256, HashAlgorithmName.SHA256, "P-256", ECCurve.NamedCurves.nistP256, fieldBits: 256),
        new EcScheme(JwsAlgorithm.ES384, HashAlgorithmName.SHA384, "P-384", ECCurve.NamedCurves.nistP384, fieldBits: 384),
        new EcScheme(JwsAlgorithm.ES512, HashAlgorithmName.SHA512, "P-521", ECCurve.NamedCurves.nistP521, fieldBits: 521),
    ];

    private protected SignatureScheme(JwsAlgorithm algorithm, HashAlgorithmName hash) =>
        (Algorithm, Name, Hash) = (algorithm, algorithm.ToString(), hash);

    public JwsAlgorithm Algorithm { get; }

    /// <summary>The <c>alg</c> value.</summary>
    public string Name { get; }

    public HashAlgorithmName Hash { get; }

    /// <summary>The <c>kty</c> value.</summary>
    public abstract string KeyType { get; }

    /// <summary>The <c>crv</c> value; null for RSA.</summary>
    public virtual string? Curve => null;

    /// <summary>The JWK members of the key's two numbers, in the order in which they are written.</summary>
    internal abstract (string First, string Second) Members { get; }

    public static SignatureScheme For(JwsAlgorithm algorithm) => Table[(int)algorithm];

    /// <summary>Exact and case-sensitive; <c>none</c> and the HMAC names are not in the table.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out SignatureScheme? scheme)
    {
        scheme = Array.Find(Table, entry => entry.Name == name);
        return scheme is not null;
    }

    /// <summary>Bytes of a signature in its JWS form.</summary>
    internal abstract int SignatureSize(AsymmetricAlgorithm key);

    internal abstract AsymmetricAlgorithm Generate(int? rsaBits);

    /// <summary>A handle of the right type, for a private key to be imported into.</summary>
    internal abstract AsymmetricAlgorithm NewHandle();

    /// <exception cref="CryptographicException">No key this scheme uses.</exception>
    internal abstract AsymmetricAlgorithm ImportPublic(byte[] first, byte[] second);

    /// <exception cref="CryptographicException">The handle's key is none this scheme uses.</exception>
    internal abstract (byte[] First, byte[] Second) ExportPublic(AsymmetricAlgorithm key);

    internal abstract int Sign(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, Span<byte> destination);

    internal abstract bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
