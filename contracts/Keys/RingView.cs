namespace Tumbler.Contracts.Keys;

/// <summary>A ring: its issuer, policy and status.</summary>
/// <param name="Owner">The silo that makes its changes, where one has said so itself; null in lists and in a process that is alone.</param>
public sealed record RingView(
    RingId Ring, string Issuer, DateTimeOffset CreatedAt, RingPolicyView Policy, RingStatus Status, string? Owner = null);
