namespace Tumbler.Contracts.Keys;

/// <summary>How a ring stands at this instant.</summary>
/// <param name="SigningKid">The key that signs, or null between losing every key and the tick that heals it.</param>
/// <param name="SigningKeyAgeSeconds">How long it has been signing.</param>
/// <param name="ActiveKeys">How many keys the JWKS holds.</param>
/// <param name="RotationCount">How many times signing has passed from one key to another.</param>
/// <param name="NextTransitionAt">When the next key begins to sign.</param>
/// <param name="HoursUntilNextTransition">The same, as hours from now.</param>
/// <param name="LastFailure">Why the last attempt to prepare a key failed, or null when it succeeded.</param>
public sealed record RingStatus(
    RingId Ring,
    Kid? SigningKid,
    double? SigningKeyAgeSeconds,
    int ActiveKeys,
    long RotationCount,
    DateTimeOffset? NextTransitionAt,
    double? HoursUntilNextTransition,
    LastRotation? LastRotation,
    string? LastFailure);
