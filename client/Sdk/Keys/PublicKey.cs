using System.Security.Cryptography;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Keys;

/// <summary>A key that verifies, from any number of threads.</summary>
internal sealed class PublicKey
{
    private readonly HandlePool handles;
    private readonly JwsAlgorithm? only;
    private readonly EcCurve? curve;
    private readonly int signatureSize;

    private PublicKey(string? kid, JwsAlgorithm? only, EcCurve? curve, int signatureSize, Func<AsymmetricAlgorithm> import)
    {
        (Kid, this.only, this.curve, this.signatureSize, handles) = (kid, only, curve, signatureSize, new HandlePool(import));

        // Whether it can be imported at all is found out now.
        handles.Return(import());
    }

    /// <summary>Null for a key that has no name; then it is tried for all tokens.</summary>
    public string? Kid { get; }

    /// <param name="only">The one algorithm it is for; null for every one of its type (RFC 7517 §4.4: <c>alg</c> is optional).</param>
    /// <exception cref="CryptographicException">No such key, or one of less than 2048 bits.</exception>
    public static PublicKey Rsa(string? kid, JwsAlgorithm? only, byte[] modulus, byte[] exponent)
    {
        var parameters = new RSAParameters { Modulus = RsaNumbers.CheckedModulus(modulus), Exponent = RsaNumbers.CheckedExponent(exponent) };
        return new PublicKey(kid, only, null, parameters.Modulus.Length, () => RSA.Create(parameters));
    }

    /// <inheritdoc cref="Rsa"/>
    /// <exception cref="CryptographicException">The point is not on the curve, or its coordinates are not written in full.</exception>
    public static PublicKey Ec(string? kid, JwsAlgorithm? only, EcCurve curve, byte[] x, byte[] y)
    {
        if (x.Length != curve.FieldSize || y.Length != curve.FieldSize)
            throw new CryptographicException($"A coordinate on {curve.Name} has {curve.FieldSize} bytes.");
        var parameters = new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } };
        return new PublicKey(kid, only, curve, 2 * curve.FieldSize, () => ECDsa.Create(parameters));
    }

    /// <summary>The key decides what it may be used for, not the token (RFC 8725 §3.1).</summary>
    public bool Fits(JwsAlgorithm algorithm) => (only is null || only == algorithm) && curve == algorithm.Curve;

    public bool Verify(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != signatureSize)
            return false;
        var handle = handles.Take();
        try
        {
            return algorithm.Verify(handle, data, signature);
        }
        finally
        {
            handles.Return(handle);
        }
    }
}
