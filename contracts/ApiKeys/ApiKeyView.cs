namespace Tumbler.Contracts.ApiKeys;

/// <summary>An API key without the key.</summary>
/// <param name="Fingerprint">16 hex digits of the keyed hash: tells keys apart, says nothing about them.</param>
/// <param name="RevokedAt">When it stops being accepted; in the future after a rotation with overlap.</param>
public sealed record ApiKeyView(
    ApiKeyId Id,
    string Name,
    string Fingerprint,
    ApiKeyState State,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Audiences,
    IReadOnlyList<string> AllowedAddresses,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt,
    RateLimit? RateLimit = null);
