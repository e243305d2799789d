using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Bench.Sdk;

/// <summary>Access tokens as a Tumbler server issues them, no two alike, and the key set that verifies them.</summary>
internal sealed class SignedTokens : IDisposable
{
    public const string Issuer = "https://tokens.example";
    public const string Audience = "https://orders.example";

    private const string Kid = "5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51";
    private const int Count = 512;

    private readonly AsymmetricAlgorithm key;

    public SignedTokens(string algorithm, DateTimeOffset now)
    {
        key = algorithm == "ES256" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        var header = Part($$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{Kid}}"}""");
        for (var n = 0; n < Count; n++)
        {
            var signed = Encoding.ASCII.GetBytes($"{header}.{Part(Claims(n, now))}");
            var signature = Sign(signed);
            Raw.Add((signed, signature));
            Texts.Add($"{Encoding.ASCII.GetString(signed)}.{Base64Url.EncodeToString(signature)}");
        }
    }

    public List<string> Texts { get; } = [];

    /// <summary>What is signed, and the signature.</summary>
    public List<(byte[] Signed, byte[] Signature)> Raw { get; } = [];

    public string KeySet => key switch
    {
        ECDsa ec when ec.ExportParameters(false).Q is var q =>
            $$"""{"keys":[{"kty":"EC","use":"sig","alg":"ES256","kid":"{{Kid}}","crv":"P-256","x":"{{Base64Url.EncodeToString(q.X)}}","y":"{{Base64Url.EncodeToString(q.Y)}}"}]}""",
        RSA rsa when rsa.ExportParameters(false) is var n =>
            $$"""{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{Kid}}","n":"{{Base64Url.EncodeToString(n.Modulus)}}","e":"{{Base64Url.EncodeToString(n.Exponent)}}"}]}""",
        _ => throw new NotSupportedException(),
    };

    /// <summary>Nothing but .NET's check of a signature, with a key of its own.</summary>
    public Func<int, bool> RawCheck()
    {
        if (key is ECDsa signer)
        {
            var ec = ECDsa.Create(signer.ExportParameters(false));
            return n => Raw[n] is var (signed, signature) && ec.VerifyData(signed, signature, HashAlgorithmName.SHA256);
        }

        var rsa = RSA.Create(((RSA)key).ExportParameters(false));
        return n => Raw[n] is var (signed, signature) && rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose() => key.Dispose();

    private byte[] Sign(byte[] text) => key is ECDsa ec
        ? ec.SignData(text, HashAlgorithmName.SHA256)
        : ((RSA)key).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Claims(int n, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"iss":"{{Issuer}}","sub":"9d1f0c3e-{{n:x4}}-4f3a-8f61-2f0c6b1a7d55","aud":"{{Audience}}","client_id":"9d1f0c3e-{{n:x4}}-4f3a-8f61-2f0c6b1a7d55","scope":"orders:read orders:write","org":"acme","jti":"0b6a2f4c-{{n:x4}}-4b8e-9c71-5d2e3f4a6b7c","iat":{{now.ToUnixTimeSeconds()}},"nbf":{{now.ToUnixTimeSeconds()}},"exp":{{now.ToUnixTimeSeconds() + 3600}}}""");

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
