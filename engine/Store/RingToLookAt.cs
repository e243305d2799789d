using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Store;

/// <summary>A ring that was saved as quiet for some time, which is another one than now.</summary>
/// <param name="Since">When its quiet ends or has ended.</param>
public readonly record struct RingToLookAt(RingId Ring, DateTimeOffset Since);
