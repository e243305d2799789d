using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Keys;

/// <summary>Reads a key set (RFC 7517 §5). Keys that are none of ours (another use, an unknown type) are passed over, as it says there; a set
/// that should not exist is refused as a whole.</summary>
internal static class JwkSetReader
{
    // RFC 7518 §6.2.2 and §6.3.2. Whoever publishes one has published a private key, and everybody can sign now.
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth"];

    /// <returns>Null with what is wrong, for the log.</returns>
    public static KeySet? Read(ReadOnlyMemory<byte> utf8, out string problem)
    {
        using var document = StrictJson.ReadObject(utf8);
        if (document is null || !document.RootElement.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
            return Refuse("it is no JWK set", out problem);
        var keys = new List<PublicKey>();
        foreach (var json in list.EnumerateArray())
        {
            if (json.ValueKind != JsonValueKind.Object)
                return Refuse("it is no JWK set", out problem);
            if (json.TextOf("kty") == "oct" || json.TryGetProperty("k", out _))
                return Refuse("it has a symmetric key, with which everybody can sign", out problem);
            if (PrivateMembers.Any(member => json.TryGetProperty(member, out _)))
                return Refuse("it has a private key, with which everybody can sign", out problem);
            if (Key(json) is { } key)
                keys.Add(key);
        }

        if (keys.Count == 0)
            return Refuse("it has no key that verifies any of the known algorithms", out problem);
        problem = "";
        return new KeySet(keys);
    }

    private static KeySet? Refuse(string why, out string problem)
    {
        problem = why;
        return null;
    }

    private static PublicKey? Key(JsonElement json)
    {
        if (json.TryGetProperty("use", out var use) && !use.Says("sig"))
            return null;
        if (json.TryGetProperty("key_ops", out var operations)
            && (operations.ValueKind != JsonValueKind.Array || !operations.EnumerateArray().Any(each => each.Says("verify"))))
        {
            return null;
        }

        var only = json.TextOf("alg") is { } name ? JwsAlgorithm.Find(name) : null;
        var known = only is not null || !json.TryGetProperty("alg", out _);
        try
        {
            return (json.TextOf("kty"), known) switch
            {
                ("RSA", true) => Rsa(json, only),
                ("EC", true) => Ec(json, only),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static PublicKey? Rsa(JsonElement json, JwsAlgorithm? only) =>
        only is not { Curve: not null } && Number(json, "n") is { } modulus && Number(json, "e") is { } exponent
            ? PublicKey.Rsa(Kid(json), only, modulus, exponent)
            : null;

    private static PublicKey? Ec(JsonElement json, JwsAlgorithm? only)
    {
        var curve = EcCurve.All.FirstOrDefault(curve => curve.Name == json.TextOf("crv"));
        return curve is not null && (only is null || only.Curve == curve) && Number(json, "x") is { } x && Number(json, "y") is { } y
            ? PublicKey.Ec(Kid(json), only, curve, x, y)
            : null;
    }

    private static string? Kid(JsonElement json) => json.TextOf("kid");

    private static byte[]? Number(JsonElement json, string member) =>
        json.TextOf(member) is { Length: > 0 } text ? Base64UrlText.Decode(Encoding.UTF8.GetBytes(text)) : null;
}
