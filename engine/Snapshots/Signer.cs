using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Engine.Snapshots;

/// <summary>A key ready to sign: its private half in memory, the first segment of its tokens written.</summary>
public sealed class Signer(SigningKey key, PrivateKey privateKey)
{
    private readonly byte[] headerSegment = AccessTokenWriter.HeaderSegment(key.Kid, privateKey.Algorithm);

    public Kid Kid => key.Kid;

    /// <summary>When the key ends; no token of it lives longer.</summary>
    public DateTimeOffset ExpiresAt => key.ExpiresAt;

    /// <summary>Anything but a token.</summary>
    /// <param name="type">Says what it is, so that nobody takes it for a token.</param>
    public string Sign(string type, ReadOnlySpan<byte> payload) => JwsWriter.Write(type, key.Kid, payload, privateKey);

    public string Sign(AccessTokenClaims claims) => AccessTokenWriter.Write(headerSegment, claims, privateKey);
}
