using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Keys;

/// <summary>One key of a ring. Its instants are absolute and were written when it was made, so that what it is at
/// any moment depends on nothing that can change later: published ≤ signs from &lt; signs until ≤ expires.</summary>
public sealed record SigningKey
{
    public required Kid Kid { get; init; }

    /// <summary>1 for the ring's first key; no gap, no repeat.</summary>
    public required long Ordinal { get; init; }

    public required Jwk PublicKey { get; init; }

    /// <summary>Null once destroyed.</summary>
    public required ProtectedKey? PrivateKey { get; init; }

    public required KeyOrigin Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>When the successor takes over. Without one, signing goes on until <see cref="LastSignatureAt"/>.</summary>
    public required DateTimeOffset SignsUntil { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? TaintedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was tainted or revoked.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? PrivateKeyDestroyedAt { get; init; }

    /// <inheritdoc cref="KeyPlan.LastSignatureAt"/>
    public DateTimeOffset LastSignatureAt => TokenLifetime.LastSignatureAt(ExpiresAt);

    /// <summary>The order in which keys sign: by time, and of keys of the same instant the younger one last.</summary>
    public (DateTimeOffset SignsFrom, long Ordinal) Turn => (SignsFrom, Ordinal);

    /// <summary>Nothing forbids it to sign, now or later. Destroying a private key is the only end to this.</summary>
    public bool MaySign => PrivateKey is not null;

    public bool CanSignAt(DateTimeOffset now) => MaySign && SignsFrom <= now && now <= LastSignatureAt;

    /// <summary>Earlier than it has to be: what signs at once by one node's clock is published by another whose clock is behind.</summary>
    public DateTimeOffset ShownFrom => PublishedAt - KeySchedule.NodeSkew;

    public bool IsPublishedAt(DateTimeOffset now) => RevokedAt is null && ShownFrom <= now && now < ExpiresAt;

    /// <summary>It has been the ring's signing key at some time up to <paramref name="now"/>.</summary>
    public bool HasSignedBy(DateTimeOffset now) =>
        SignsFrom <= now && !(PrivateKeyDestroyedAt < SignsFrom);

    /// <summary>The one way in which a key stops being able to sign.</summary>
    internal SigningKey WithoutPrivateKey(DateTimeOffset now) =>
        MaySign ? this with { PrivateKey = null, PrivateKeyDestroyedAt = now } : this;
}
