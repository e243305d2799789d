namespace Tumbler.Contracts.Keys;

/// <summary>What a command on a ring led to.</summary>
/// <param name="EffectiveAt">When it is true for every node: the switch of keys, or the end of a key.</param>
public sealed record RotationAnswer(DateTimeOffset EffectiveAt, RingStatus Status);
