namespace Tumbler.Contracts.Keys;

/// <summary>A ring: its issuer, policy and status.</summary>
public sealed record RingView(RingId Ring, string Issuer, DateTimeOffset CreatedAt, RingPolicyView Policy, RingStatus Status);
