using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Guarding;

/// <summary>What somebody without the issuer's key can make of a good token.</summary>
internal static class Forgery
{
    /// <param name="published">The key set as anybody can get it.</param>
    public static IEnumerable<(string What, string Token)> Of(Token token, string published)
    {
        var parts = token.Text.Split('.');
        yield return ("a token with other claims", token.Tampered());
        yield return ("a token with another signature", $"{parts[0]}.{parts[1]}.{Turned(parts[2])}");
        yield return ("a token without signature", $"{parts[0]}.{parts[1]}.");
        yield return ("a token with alg none", $"{Header("none", token.Kid)}.{parts[1]}.");
        yield return ("a token with an HMAC by the key set", Signed($"{Header("HS256", token.Kid)}.{parts[1]}", text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(published), text)));
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        yield return ("a token by another RSA key", Signed($"{Header("RS256", token.Kid)}.{parts[1]}", text => rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        yield return ("a token by another EC key", Signed($"{Header("ES256", token.Kid)}.{parts[1]}", text => ec.SignData(text, HashAlgorithmName.SHA256)));
        yield return ("no token", "e30.e30");
    }

    /// <summary>By a key that nobody has published.</summary>
    public static string OfUnknownKey(Token token)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return Signed($"{Header("ES256", kid)}.{token.Text.Split('.')[1]}", text => ec.SignData(text, HashAlgorithmName.SHA256));
    }

    private static string Signed(string text, Func<byte[], byte[]> sign) => $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";

    private static string Header(string algorithm, string kid) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{kid}}"}"""));

    private static string Turned(string part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        bytes[bytes.Length / 2] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }
}
