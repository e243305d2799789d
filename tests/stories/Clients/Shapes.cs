namespace Tumbler.Stories.Tests.Clients;

// What the stories read of the answers, as the routes' descriptions promise it.

public sealed record ServerTime(DateTimeOffset Time);

public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

public sealed record Organization(string Slug);

public sealed record NewApiKey(string Id, string Key);

public sealed record KeyVerdict(bool Valid, string? Reason, string? Org, string? KeyId);

public sealed record LastSwitch(DateTimeOffset At, string Outcome);

public sealed record RingStatus(
    string Ring, string? SigningKid, int ActiveKeys, long RotationCount, DateTimeOffset? NextTransitionAt,
    double? HoursUntilNextTransition, LastSwitch? LastRotation, string? LastFailure);

public sealed record Rotated(
    string Ring, string SigningKid, long RotationCount, DateTimeOffset NextTransitionAt, DateTimeOffset EffectiveAt);

public sealed record RingKey(string Kid, string Algorithm, long RotationCount, string State, DateTimeOffset ActivatesAt);

public sealed record AuditVerdict(bool Valid, int Chains, long Entries);

public sealed record Granted(string AccessToken, string TokenType, int ExpiresIn, string? Scope);
