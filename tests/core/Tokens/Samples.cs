using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Tests.Tokens;

/// <summary>Keys and claims that the tests of this folder share; generating RSA keys is slow.</summary>
internal static class Samples
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "https://api.example";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly AccessTokenExpectations Expected = new(Issuer, Audience);

    private static readonly ConcurrentDictionary<(JwsAlgorithm, int?), Lazy<PrivateKey>> Keys = new();

    public static AccessTokenClaims Claims { get; } = new(
        Issuer,
        Subject: "acme",
        [Audience],
        ClientId: "0b6a3b9a-3f0c-4f57-9a60-6ad6f3f1b3c1",
        Scope: "orders:read orders:write",
        Organization: "acme",
        TokenId: "4d3c2b1a-0000-4000-8000-00000000abcd",
        IssuedAt: Now,
        NotBefore: Now,
        ExpiresAt: Now.AddMinutes(5));

    public static PrivateKey Key(JwsAlgorithm algorithm, int? rsaBits = null) =>
        Keys.GetOrAdd((algorithm, rsaBits), id => new Lazy<PrivateKey>(() => PrivateKey.Generate(id.Item1, id.Item2))).Value;

    /// <summary>A different, fixed kid for each number.</summary>
    public static Kid Kid(int number) => Contracts.Keys.Kid.Parse($"00000000-0000-4000-8000-{number:x12}");

    public static string Token(PrivateKey key, Kid kid, AccessTokenClaims? claims = null) =>
        AccessTokenWriter.Write(AccessTokenWriter.HeaderSegment(kid, key.Algorithm), claims ?? Claims, key);

    /// <summary>A token of any header and payload, rightly signed.</summary>
    public static string Sign(PrivateKey key, string header, string payload)
    {
        var input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Encode(Signature(key, input))}";
    }

    public static byte[] Signature(PrivateKey key, string signingInput)
    {
        var signature = new byte[key.SignatureSize];
        Assert.Equal(signature.Length, key.Sign(Encoding.ASCII.GetBytes(signingInput), signature));
        return signature;
    }

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    public static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    public static string Json(Jwk jwk)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            jwk.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static Jwk Parse(string json) => Jwk.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The claims of a verified token, or a failed test.</summary>
    public static VerifiedToken Accepted(TokenVerdict verdict)
    {
        Assert.True(verdict.TryGet(out var token, out var fault), $"refused: {fault}");
        return token;
    }

    /// <summary>The fault, or null for an accepted token.</summary>
    public static TokenFault? Fault(TokenVerdict verdict) => verdict.TryGet(out _, out var fault) ? null : fault;
}
