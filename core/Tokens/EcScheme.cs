using System.Security.Cryptography;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>ECDSA on the NIST curves (RFC 7518 §3.4). Coordinates and signature halves always have the full length of
/// the field (§6.2.1.2), never DER.</summary>
internal sealed class EcScheme(JwsAlgorithm algorithm, HashAlgorithmName hash, string name, ECCurve curve, int fieldBits)
    : SignatureScheme(algorithm, hash)
{
    private const DSASignatureFormat JwsForm = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    private readonly int fieldSize = (fieldBits + 7) / 8;

    public override string KeyType => "EC";

    public override string? Curve => name;

    internal override (string First, string Second) Members => ("x", "y");

    internal override int SignatureSize(AsymmetricAlgorithm key) => 2 * fieldSize;

    internal override AsymmetricAlgorithm Generate(int? rsaBits) =>
        rsaBits is null ? ECDsa.Create(curve) : throw new ArgumentException("An EC key takes no RSA size.", nameof(rsaBits));

    internal override AsymmetricAlgorithm NewHandle() => ECDsa.Create();

    internal override AsymmetricAlgorithm ImportPublic(byte[] first, byte[] second)
    {
        if (first.Length != fieldSize || second.Length != fieldSize)
            throw new CryptographicException("A coordinate has not the length of the curve's field.");

        // Refuses a point that is not on the curve.
        return ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = first, Y = second } });
    }

    internal override (byte[] First, byte[] Second) ExportPublic(AsymmetricAlgorithm key)
    {
        var parameters = ((ECDsa)key).ExportParameters(includePrivateParameters: false);
        return parameters.Curve.IsNamed && parameters.Curve.Oid.Value == curve.Oid.Value
            ? (parameters.Q.X!, parameters.Q.Y!)
            : throw new CryptographicException($"The key is not on the curve {name}.");
    }

    internal override int Sign(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, Span<byte> destination) =>
        ((ECDsa)key).SignData(data, destination, Hash, JwsForm);

    internal override bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        ((ECDsa)key).VerifyData(data, signature, Hash, JwsForm);
}
