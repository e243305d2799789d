using System.Buffers;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Bench.Micro;

/// <summary>What is done with keys and tokens, without an engine around it.</summary>
internal static class TokenWork
{
    private static readonly Kid Kid = Kid.Parse("5f0c2a57-d1f9-4ddc-b7ea-3c1f0a6a9d1e");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // Making an RSA key takes its time.
    private static readonly Lazy<PrivateKey> Es256 = new(() => PrivateKey.Generate(JwsAlgorithm.ES256));
    private static readonly Lazy<PrivateKey> Rs256 = new(() => PrivateKey.Generate(JwsAlgorithm.RS256));

    private static readonly AccessTokenClaims Claims = new(
        "https://issuer.example",
        Subject: "0b6a3b9a-3f0c-4f57-9a60-6ad6f3f1b3c1",
        ["https://invoices.example"],
        ClientId: "0b6a3b9a-3f0c-4f57-9a60-6ad6f3f1b3c1",
        Scope: "invoices:read invoices:write",
        Organization: "acme",
        TokenId: "4d3c2b1a-0000-4000-8000-00000000abcd",
        IssuedAt: Now,
        NotBefore: Now,
        ExpiresAt: Now.AddMinutes(5));

    public static Action Sign(JwsAlgorithm algorithm)
    {
        var key = Key(algorithm);
        var (input, signature) = (SigningInput(algorithm), new byte[key.SignatureSize]);
        return () => key.Sign(input, signature);
    }

    public static Action Verify(JwsAlgorithm algorithm)
    {
        var (key, input) = (Key(algorithm), SigningInput(algorithm));
        var signature = new byte[key.SignatureSize];
        key.Sign(input, signature);
        var verifier = key.PublicJwk(Kid).Import();
        return () => Check.That(verifier.Verify(input, signature));
    }

    public static Action Write(JwsAlgorithm algorithm)
    {
        var (key, header) = (Key(algorithm), AccessTokenWriter.HeaderSegment(Kid, algorithm));
        var output = new ArrayBufferWriter<byte>(2048);
        return () =>
        {
            output.ResetWrittenCount();
            AccessTokenWriter.Write(header, Claims, key, output);
        };
    }

    /// <summary>Everything but the signature.</summary>
    public static Action WriteSigningInput()
    {
        var header = AccessTokenWriter.HeaderSegment(Kid, JwsAlgorithm.ES256);
        var output = new ArrayBufferWriter<byte>(2048);
        return () => AccessTokenWriter.WriteSigningInput(header, Claims, 100, output, out _);
    }

    /// <summary>The key that signs and the one that comes next.</summary>
    public static Action WriteKeySet()
    {
        Jwk[] keys = [Rs256.Value.PublicJwk(Kid), Es256.Value.PublicJwk(Kid.Parse("00000000-0000-4000-8000-000000000001"))];
        return () => JwkSet.Write(keys);
    }

    private static PrivateKey Key(JwsAlgorithm algorithm) => (algorithm == JwsAlgorithm.ES256 ? Es256 : Rs256).Value;

    private static byte[] SigningInput(JwsAlgorithm algorithm)
    {
        var token = AccessTokenWriter.WriteSigningInput(
            AccessTokenWriter.HeaderSegment(Kid, algorithm), Claims, 0, new ArrayBufferWriter<byte>(), out var end);
        return token[..end].ToArray();
    }
}
