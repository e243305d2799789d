using System.Buffers.Text;
using System.Text.Json;

namespace Tumbler.Stories.Tests.Clients;

/// <summary>An access token, and what a curious client can read in it.</summary>
/// <param name="IssuedAt">In seconds since 1970, like <paramref name="ExpiresAt"/>.</param>
public sealed record Token(string Text, string Kid, string Algorithm, long IssuedAt, long ExpiresAt)
{
    public static Token Parse(string text)
    {
        var parts = text.Split('.');
        var (header, claims) = (Decode(parts[0]), Decode(parts[1]));
        return new Token(
            text,
            header.GetProperty("kid").GetString()!,
            header.GetProperty("alg").GetString()!,
            claims.GetProperty("iat").GetInt64(),
            claims.GetProperty("exp").GetInt64());
    }

    /// <summary>Of the certificate that it is bound to, or null.</summary>
    public string? CertificateThumbprint =>
        Decode(Text.Split('.')[1]).TryGetProperty("cnf", out var confirmation) ? confirmation.GetProperty("x5t#S256").GetString() : null;

    /// <summary>The same with one bit of its claims turned over, and the signature as it was.</summary>
    public string Tampered()
    {
        var parts = Text.Split('.');
        var claims = Base64Url.DecodeFromChars(parts[1]);
        claims[claims.Length / 2] ^= 1;
        return $"{parts[0]}.{Base64Url.EncodeToString(claims)}.{parts[2]}";
    }

    private static JsonElement Decode(string part) => JsonElement.Parse(Base64Url.DecodeFromChars(part));
}
