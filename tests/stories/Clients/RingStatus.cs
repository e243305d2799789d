namespace Tumbler.Stories.Tests.Clients;

public sealed record RingStatus(
    string Ring, string? SigningKid, int ActiveKeys, long RotationCount, DateTimeOffset? NextTransitionAt,
    double? HoursUntilNextTransition, LastSwitch? LastRotation, string? LastFailure);
