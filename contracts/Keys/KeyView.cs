namespace Tumbler.Contracts.Keys;

/// <summary>One signing key's metadata. Instants are absolute; a null <c>private_key_destroyed_at</c> with a state
/// past signing means that the next tick destroys it.</summary>
public sealed record KeyView(
    Kid Kid,
    JwsAlgorithm Algorithm,
    long RotationCount,
    KeyOrigin Origin,
    KeyState State,
    bool Active,
    DateTimeOffset CreatedAt,
    DateTimeOffset PublishedAt,
    DateTimeOffset ActivatesAt,
    DateTimeOffset SignsUntil,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? TaintedAt,
    DateTimeOffset? RevokedAt,
    string? Reason,
    DateTimeOffset? PrivateKeyDestroyedAt);
