namespace Tumbler.Contracts.Keys;

/// <param name="Created">Whether the ring was made by this request; false when it was there.</param>
public sealed record PutRingAnswer(bool Created, RingView Ring);
