using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>A public signature key (RFC 7517). It has no place for a private member. Equal when every member is.</summary>
public sealed record Jwk
{
    private readonly SignatureScheme scheme;

    // As on the wire: one value has one spelling, so text compares as the numbers do.
    private readonly string first;
    private readonly string second;

    internal Jwk(Kid kid, SignatureScheme scheme, byte[] first, byte[] second)
    {
        (Kid, this.scheme) = (kid, scheme);
        (this.first, this.second) = (Base64Url.EncodeToString(first), Base64Url.EncodeToString(second));
    }

    public Kid Kid { get; }

    public JwsAlgorithm Algorithm => scheme.Algorithm;

    /// <summary><c>RSA</c> or <c>EC</c>.</summary>
    public string KeyType => scheme.KeyType;

    /// <summary><c>n</c> and <c>e</c>, or <c>crv</c>, <c>x</c> and <c>y</c>, as they are written.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters
    {
        get
        {
            var (firstName, secondName) = scheme.Members;
            return scheme.Curve is { } curve
                ? [("crv", curve), (firstName, first), (secondName, second)]
                : [(firstName, first), (secondName, second)];
        }
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">No such JWK.</exception>
    public static Jwk Parse(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8, out var jwk) ? jwk : throw new FormatException("This is no public JWK that the product uses.");

    /// <summary>Accepts a key of the product's own shape: <c>kid</c> a UUID, <c>alg</c> one of the nine, <c>use</c>
    /// absent or <c>sig</c>, numbers in their one spelling, a point on the curve or an RSA modulus of 2048, 3072 or 4096
    /// bits with the exponent 65537. A private member refuses the whole key; unknown ones are ignored (RFC 7517 §4).</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Jwk? jwk)
    {
        jwk = null;
        if (!StrictJson.TryParseObject(utf8.ToArray(), out var document))
            return false;

        using (document)
            return JwkReader.TryRead(document.RootElement, out jwk);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kty", KeyType);
        json.WriteString("kid", Kid.ToString());
        json.WriteString("use", "sig");
        json.WriteString("alg", scheme.Name);
        foreach (var (name, value) in Parameters)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    /// <summary>SHA-256 over the required members in lexicographic order (RFC 7638 §3).</summary>
    public byte[] Thumbprint()
    {
        var members = Parameters.Append(("kty", KeyType)).OrderBy(member => member.Item1, StringComparer.Ordinal);
        var json = string.Join(',', members.Select(member => $"\"{member.Item1}\":\"{member.Item2}\""));
        return SHA256.HashData(Encoding.ASCII.GetBytes($"{{{json}}}"));
    }

    /// <summary>A key that verifies; the caller disposes it.</summary>
    public VerificationKey Import() =>
        new(Kid, scheme, () => scheme.ImportPublic(Base64Url.DecodeFromChars(first), Base64Url.DecodeFromChars(second)));
}
