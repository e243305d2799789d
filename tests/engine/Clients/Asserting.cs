using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Tokens;

namespace Tumbler.Engine.Tests.Clients;

/// <summary>A client's private key, and what it signs with it.</summary>
internal sealed class Asserting(Func<DateTimeOffset> now, JwsAlgorithm algorithm = JwsAlgorithm.ES256) : IDisposable
{
    private readonly PrivateKey key = PrivateKey.Generate(algorithm);
    private readonly Kid kid = new(Chance.Uuid());

    public string KeyId => kid.ToString();

    public JsonElement Jwks => JsonElement.Parse(JwkSet.Write([key.PublicJwk(kid)]));

    public byte[] Published => JwkSet.Write([key.PublicJwk(kid)]);

    /// <param name="id">Whose request it is; null says so in the assertion alone.</param>
    public TokenRequest Request(
        ClientId client, ClientId? id = null, object? aud = null, string? jti = null, int lives = 60, string? scope = null,
        string? issuer = null, string? header = null, X509Certificate2? certificate = null) => new(
            id?.ToString() ?? "", null, scope, [], Client.Origin())
        {
            Assertion = Sign(
                header ?? $$"""{"alg":"{{algorithm}}","kid":"{{kid}}"}""",
                new
                {
                    iss = issuer ?? client.ToString(),
                    sub = client.ToString(),
                    aud = aud ?? Installation.Issuer,
                    jti = jti ?? Chance.Uuid().ToString(),
                    exp = now().ToUnixTimeSeconds() + lives,
                }),
            Certificate = certificate,
        };

    public void Dispose() => key.Dispose();

    private string Sign(string header, object claims)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = new byte[key.SignatureSize];
        key.Sign(Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }
}
