using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Clients;

/// <summary>A client's public key. Unlike a <see cref="Jwk"/> of ours it may have any <c>kid</c> or none, and unless it names its
/// algorithm an RSA key serves all six.</summary>
/// <param name="Kid">As the client writes it.</param>
/// <param name="Curve">Null for RSA.</param>
/// <param name="First"><c>n</c> or <c>x</c> in base64url.</param>
/// <param name="Second"><c>e</c> or <c>y</c>.</param>
/// <param name="Certificate">The first of <c>x5c</c>: base64 of a certificate for this very key.</param>
public sealed record ClientKey(
    string? Kid, string KeyType, string? Curve, string First, string Second, JwsAlgorithm? Algorithm, string? Certificate)
{
    private SignatureScheme Scheme => SchemeOf(KeyType, Curve)!;

    /// <summary>A scheme that its keys can be imported by, or null.</summary>
    internal static SignatureScheme? SchemeOf(string? keyType, string? curve) => Enum.GetValues<JwsAlgorithm>()
        .Select(SignatureScheme.For)
        .FirstOrDefault(scheme => scheme.KeyType == keyType && scheme.Curve == curve);

    /// <summary>Whether it may verify a signature of this algorithm.</summary>
    public bool Fits(JwsAlgorithm algorithm)
    {
        var scheme = SignatureScheme.For(algorithm);
        return scheme.KeyType == KeyType && scheme.Curve == Curve && (Algorithm ?? algorithm) == algorithm;
    }

    /// <param name="algorithm">One that it fits.</param>
    public bool Verify(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var scheme = SignatureScheme.For(algorithm);
        using var handle = scheme.ImportPublic(Base64Url.DecodeFromChars(First), Base64Url.DecodeFromChars(Second));
        return signature.Length == scheme.SignatureSize(handle) && scheme.Verify(handle, data, signature);
    }

    /// <summary>Whether the certificate is the registered one, or where none is, has this key.</summary>
    public bool Owns(X509Certificate2 certificate) => Certificate is { } own
        ? certificate.RawDataMemory.Span.SequenceEqual(Convert.FromBase64String(own))
        : IsKeyOf(certificate);

    internal bool IsKeyOf(X509Certificate2 certificate)
    {
        try
        {
            using AsymmetricAlgorithm? key = KeyType == "RSA" ? certificate.GetRSAPublicKey() : certificate.GetECDsaPublicKey();
            if (key is null)
                return false;
            var (first, second) = Scheme.ExportPublic(key);
            return Base64Url.EncodeToString(first) == First && Base64Url.EncodeToString(second) == Second;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>RFC 7638, in base64url: names the key in the audit log.</summary>
    public string Thumbprint()
    {
        var json = Curve is null
            ? $$"""{"e":"{{Second}}","kty":"RSA","n":"{{First}}"}"""
            : $$"""{"crv":"{{Curve}}","kty":"EC","x":"{{First}}","y":"{{Second}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(json)));
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        var members = Scheme.Members;
        json.WriteStartObject();
        json.WriteString("kty", KeyType);
        if (Kid is not null)
            json.WriteString("kid", Kid);
        if (Algorithm is { } algorithm)
            json.WriteString("alg", SignatureScheme.For(algorithm).Name);
        if (Curve is not null)
            json.WriteString("crv", Curve);
        json.WriteString(members.First, First);
        json.WriteString(members.Second, Second);
        if (Certificate is not null)
        {
            json.WriteStartArray("x5c");
            json.WriteStringValue(Certificate);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
