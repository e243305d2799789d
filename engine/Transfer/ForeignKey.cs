using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Transfer;

/// <summary>A private key from elsewhere that has the type, size and curve of one of ours.</summary>
/// <param name="algorithms">What it can sign with; the first one unless there is a reason for another.</param>
internal sealed class ForeignKey(byte[] pkcs8, JwsAlgorithm[] algorithms) : IDisposable
{
    private const string Field = "data";
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EcKey = "1.2.840.10045.2.1";

    private static readonly JwsAlgorithm[] RsaAlgorithms =
    [
        JwsAlgorithm.RS256, JwsAlgorithm.RS384, JwsAlgorithm.RS512, JwsAlgorithm.PS256, JwsAlgorithm.PS384, JwsAlgorithm.PS512,
    ];

    public ReadOnlySpan<byte> Pkcs8 => pkcs8;

    public static Result<ForeignKey> Of(Pkcs8PrivateKeyInfo info)
    {
        var pkcs8 = info.Encode();
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(info.PrivateKeyBytes).Span);
        var fitting = Fitting(info.AlgorithmId.Value, pkcs8);
        if (fitting.TryGet(out var algorithms, out var refusal))
            return new ForeignKey(pkcs8, algorithms);
        CryptographicOperations.ZeroMemory(pkcs8);
        return refusal;
    }

    /// <summary>The one that was asked for, if it fits; else the ring's, if that fits; else the key's own.</summary>
    public Result<JwsAlgorithm> Choose(JwsAlgorithm? wanted, JwsAlgorithm ring)
    {
        if (wanted is { } algorithm && !algorithms.Contains(algorithm))
            return Refusal.Invalid("algorithm", "fits_key", $"algorithm must be one that fits the key: {string.Join(", ", algorithms)}.");
        return wanted ?? (algorithms.Contains(ring) ? ring : algorithms[0]);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(pkcs8);

    private static Result<JwsAlgorithm[]> Fitting(string? type, byte[] pkcs8)
    {
        try
        {
            return type switch
            {
                RsaKey => Rsa(pkcs8),
                EcKey => Ec(pkcs8),
                _ => Refusal.Invalid(Field, "key_type", "data must hold an RSA key (rsaEncryption) or an EC key."),
            };
        }
        catch (CryptographicException)
        {
            return Refusal.Invalid(Field, "key", "data holds a private key that is not sound.");
        }
    }

    private static Result<JwsAlgorithm[]> Rsa(byte[] pkcs8)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        if (rsa.KeySize is not (2048 or 3072 or 4096))
            return Refusal.Invalid(Field, "key_size", $"data must hold an RSA key of 2048, 3072 or 4096 bits; this one has {rsa.KeySize}.");
        return rsa.ExportParameters(includePrivateParameters: false).Exponent is [1, 0, 1]
            ? RsaAlgorithms
            : Refusal.Invalid(Field, "key_exponent", "data must hold an RSA key with the public exponent 65537.");
    }

    private static Result<JwsAlgorithm[]> Ec(byte[] pkcs8)
    {
        using var ec = ECDsa.Create();
        try
        {
            ec.ImportPkcs8PrivateKey(pkcs8, out _);
        }
        catch (PlatformNotSupportedException)
        {
            return WrongCurve;
        }

        return ec.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value switch
        {
            "1.2.840.10045.3.1.7" => (JwsAlgorithm[])[JwsAlgorithm.ES256],
            "1.3.132.0.34" => (JwsAlgorithm[])[JwsAlgorithm.ES384],
            "1.3.132.0.35" => (JwsAlgorithm[])[JwsAlgorithm.ES512],
            _ => WrongCurve,
        };
    }

    private static Refusal WrongCurve { get; } =
        Refusal.Invalid(Field, "curve", "data must hold an EC key on P-256, P-384 or P-521, named and not spelt out.");
}
