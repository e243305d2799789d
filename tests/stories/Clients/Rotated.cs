namespace Tumbler.Stories.Tests.Clients;

/// <summary>What a command on a ring led to; <c>effective_at</c> is when it is true for every node.</summary>
public sealed record Rotated(
    string Ring, string SigningKid, long RotationCount, DateTimeOffset? NextTransitionAt, DateTimeOffset EffectiveAt);
