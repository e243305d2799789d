using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Storage.Rows;

/// <param name="PrivateKey">Encrypted for the key-encryption certificates, as it came from the key protector.</param>
internal sealed record SigningKeyRow(
    Kid Kid,
    long Ordinal,
    Jwk PublicKey,
    ReadOnlyMemory<byte>? PrivateKey,
    KeyOrigin Origin,
    DateTimeOffset CreatedAt,
    DateTimeOffset PublishedAt,
    DateTimeOffset SignsFrom,
    DateTimeOffset SignsUntil,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? TaintedAt,
    DateTimeOffset? RevokedAt,
    string? Reason,
    DateTimeOffset? PrivateKeyDestroyedAt)
{
    public static SigningKeyRow Of(SigningKey key) => new(
        key.Kid, key.Ordinal, key.PublicKey, key.PrivateKey?.Cms, key.Origin, key.CreatedAt, key.PublishedAt, key.SignsFrom,
        key.SignsUntil, key.ExpiresAt, key.TaintedAt, key.RevokedAt, key.Reason, key.PrivateKeyDestroyedAt);

    public SigningKey ToKey() => new()
    {
        Kid = Kid,
        Ordinal = Ordinal,
        PublicKey = PublicKey,
        PrivateKey = PrivateKey is { } cms ? new ProtectedKey(cms) : null,
        Origin = Origin,
        CreatedAt = CreatedAt,
        PublishedAt = PublishedAt,
        SignsFrom = SignsFrom,
        SignsUntil = SignsUntil,
        ExpiresAt = ExpiresAt,
        TaintedAt = TaintedAt,
        RevokedAt = RevokedAt,
        Reason = Reason,
        PrivateKeyDestroyedAt = PrivateKeyDestroyedAt,
    };
}
