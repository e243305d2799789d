namespace Tumbler.Contracts.Protection;

/// <param name="Rings">How many rings were looked at.</param>
/// <param name="Rewrapped">How many private keys were encrypted anew.</param>
/// <param name="AlreadyCurrent">How many were encrypted for exactly the recipients of now before.</param>
/// <param name="FailedTotal">How many could not be.</param>
/// <param name="Failed">The first hundred of those; the log has all.</param>
public sealed record RewrapAnswer(
    long Rings, long Rewrapped, long AlreadyCurrent, long FailedTotal, IReadOnlyList<RewrapFailure> Failed);
