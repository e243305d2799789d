using Tumbler.Contracts.Keys;

namespace Tumbler.Contracts.Protection;

/// <summary>A private key that was left as it is.</summary>
public sealed record RewrapFailure(RingId Ring, Kid Kid, string Reason);
