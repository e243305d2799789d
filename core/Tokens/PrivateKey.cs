using System.Security.Cryptography;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>A private key that signs, from any number of threads at once.</summary>
public sealed class PrivateKey : IDisposable
{
    // An RSA key of 4096 bits takes 2.4 KB.
    private const int MaxPkcs8Size = 4096;

    private readonly SignatureScheme scheme;
    private readonly byte[] pkcs8;
    private readonly HandlePool handles;
    private readonly (byte[] First, byte[] Second) numbers;

    private PrivateKey(SignatureScheme scheme, AsymmetricAlgorithm handle)
    {
        this.scheme = scheme;
        numbers = scheme.ExportPublic(handle);
        SignatureSize = scheme.SignatureSize(handle);
        pkcs8 = Export(handle);
        handles = new HandlePool(handle, () => Import(scheme, pkcs8));
    }

    public JwsAlgorithm Algorithm => scheme.Algorithm;

    /// <summary>Bytes of every signature of this key.</summary>
    public int SignatureSize { get; }

    /// <param name="rsaBits">2048, 3072 or 4096, or null for 2048; null for the EC algorithms.</param>
    public static PrivateKey Generate(JwsAlgorithm algorithm, int? rsaBits = null)
    {
        var scheme = SignatureScheme.For(algorithm);
        return new PrivateKey(scheme, scheme.Generate(rsaBits));
    }

    /// <exception cref="CryptographicException">No PKCS#8 private key of the algorithm's type, sizes and curve.</exception>
    public static PrivateKey ImportPkcs8(JwsAlgorithm algorithm, ReadOnlySpan<byte> pkcs8)
    {
        var scheme = SignatureScheme.For(algorithm);
        return new PrivateKey(scheme, Import(scheme, pkcs8));
    }

    /// <summary>A copy that the caller overwrites with zeros after use.</summary>
    public byte[] ExportPkcs8()
    {
        using var lease = handles.Take();
        return Export(lease.Handle);
    }

    public Jwk PublicJwk(Kid kid) => new(kid, scheme, numbers.First, numbers.Second);

    /// <summary>Whether a verifier that knows <paramref name="jwk"/> accepts what this key signs.</summary>
    public bool Matches(Jwk jwk)
    {
        if (jwk.Algorithm != Algorithm)
            return false;

        Span<byte> signature = stackalloc byte[SignatureSize];
        Sign("proof of possession"u8, signature);
        using var verifier = jwk.Import();
        return verifier.Verify("proof of possession"u8, signature);
    }

    /// <summary>Writes the signature in its JWS form (ECDSA: R ‖ S, RFC 7518 §3.4) and returns its length.</summary>
    /// <param name="destination">At least <see cref="SignatureSize"/> bytes.</param>
    public int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        using var lease = handles.Take();
        return scheme.Sign(lease.Handle, data, destination);
    }

    public void Dispose()
    {
        // In this order: the pool imports from these bytes until it is disposed.
        handles.Dispose();
        CryptographicOperations.ZeroMemory(pkcs8);
    }

    private static AsymmetricAlgorithm Import(SignatureScheme scheme, ReadOnlySpan<byte> pkcs8)
    {
        var handle = scheme.NewHandle();
        try
        {
            handle.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read != pkcs8.Length)
                throw new CryptographicException("Something follows the PKCS#8 private key.");

            // Refuses another size or curve.
            scheme.ExportPublic(handle);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static byte[] Export(AsymmetricAlgorithm handle)
    {
        Span<byte> buffer = stackalloc byte[MaxPkcs8Size];
        try
        {
            if (!handle.TryExportPkcs8PrivateKey(buffer, out var written))
                throw new CryptographicException("The PKCS#8 private key is too long.");

            // Pinned: the collector leaves no copies behind that zeroing would miss.
            var pkcs8 = GC.AllocateUninitializedArray<byte>(written, pinned: true);
            buffer[..written].CopyTo(pkcs8);
            return pkcs8;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }
}
