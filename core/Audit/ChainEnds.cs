namespace Tumbler.Core.Audit;

/// <summary>Where a chain ends, by two witnesses.</summary>
/// <param name="Owner">What its owner's state says; null when there is no such owner.</param>
/// <param name="Signed">What the last checkpoint signed; null when it did not know the chain.</param>
public sealed record ChainEnds(string Chain, AuditHead? Owner, AuditHead? Signed);
