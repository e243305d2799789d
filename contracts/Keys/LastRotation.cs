namespace Tumbler.Contracts.Keys;

/// <summary>The last switch of the signing key.</summary>
/// <param name="At">When the present key began to sign.</param>
/// <param name="Outcome">Why then: only <see cref="KeyOrigin.Hurried"/> is cause for concern.</param>
public sealed record LastRotation(DateTimeOffset At, KeyOrigin Outcome);
