namespace Tumbler.Stories.Tests.Clients;

/// <summary>A signing key's metadata. <paramref name="RotationCount"/> is its ordinal in the ring.</summary>
public sealed record RingKey(string Kid, string Algorithm, long RotationCount, string State, DateTimeOffset ActivatesAt, DateTimeOffset? PrivateKeyDestroyedAt);
