using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>Reads the JWKs that <see cref="Jwk.TryParse"/> accepts.</summary>
internal static class JwkReader
{
    // RFC 7518 §6.2.2, §6.3.2 and §6.4. Who sends one has published a private key; its public half is lost as well.
    internal static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out Jwk? jwk)
    {
        jwk = null;
        if (PrivateMembers.Any(member => json.TryGetProperty(member, out _))
            || !TryReadKid(json, out var kid)
            || !TryReadScheme(json, out var scheme)
            || !TryReadNumber(json, scheme.Members.First, out var first)
            || !TryReadNumber(json, scheme.Members.Second, out var second)
            || !IsUsable(scheme, first, second))
        {
            return false;
        }

        jwk = new Jwk(kid, scheme, first, second);
        return true;
    }

    private static bool TryReadKid(JsonElement json, out Kid kid) =>
        Kid.TryParse(json.Text("kid"), out kid) && kid.ToString() == json.Text("kid");

    private static bool TryReadScheme(JsonElement json, [NotNullWhen(true)] out SignatureScheme? scheme)
    {
        scheme = null;
        return json.Text("alg") is { } alg
            && SignatureScheme.TryFind(alg, out scheme)
            && json.Text("kty") == scheme.KeyType
            && json.Text("crv") == scheme.Curve
            && (!json.TryGetProperty("use", out var use) || use.Text() == "sig");
    }

    private static bool TryReadNumber(JsonElement json, string member, [NotNullWhen(true)] out byte[]? number)
    {
        number = null;
        if (json.Text(member) is not { } text)
            return false;

        var bytes = new byte[text.Length];
        if (!StrictBase64Url.TryDecode(Encoding.UTF8.GetBytes(text), bytes, out var written))
            return false;

        number = bytes[..written];
        return true;
    }

    private static bool IsUsable(SignatureScheme scheme, byte[] first, byte[] second)
    {
        try
        {
            scheme.ImportPublic(first, second).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
