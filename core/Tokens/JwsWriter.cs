using System.Buffers.Text;
using System.Text;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Tokens;

/// <summary>Writes anything but access tokens as a compact JWS (RFC 7515 §3.1).</summary>
public static class JwsWriter
{
    public static string Write(string type, Kid kid, ReadOnlySpan<byte> payload, PrivateKey key)
    {
        var header = $$"""{"alg":"{{SignatureScheme.For(key.Algorithm).Name}}","typ":"{{type}}","kid":"{{kid}}"}""";
        var input = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{Base64Url.EncodeToString(payload)}";
        Span<byte> signature = stackalloc byte[key.SignatureSize];
        key.Sign(Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }
}
