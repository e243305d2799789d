using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tumbler.Cli.Demo.Tokens;

/// <summary>Makes bad tokens out of good ones, with what an attacker has: the token, and a key of his own.</summary>
internal sealed class Forger : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <returns>Null for what can't be made but only be had.</returns>
    public string? Forge(Forgery forgery, IssuedToken token)
    {
        var parts = token.Text.Split('.');
        return forgery switch
        {
            Forgery.ChangedClaims => $"{parts[0]}.{With(parts[1], "sub", "somebody-else")}.{parts[2]}",
            Forgery.ForeignSignature => Signed(parts[0], parts[1]),
            Forgery.UnknownKey => Signed(With(parts[0], "kid", "00000000-0000-4000-8000-000000000000"), parts[1]),
            Forgery.NoSignature => $"{With(parts[0], "alg", "none")}.{parts[1]}.",
            _ => null,
        };
    }

    public void Dispose() => key.Dispose();

    private string Signed(string header, string claims)
    {
        var text = $"{header}.{claims}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string With(string part, string member, string value)
    {
        var json = JsonNode.Parse(Base64Url.DecodeFromChars(part))!;
        json[member] = value;
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
