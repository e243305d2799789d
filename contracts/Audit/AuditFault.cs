namespace Tumbler.Contracts.Audit;

/// <param name="Chain">The chain of entries, or <c>checkpoints</c>.</param>
/// <param name="Seq">The entry that does not verify, or the number that is missing.</param>
/// <param name="Problem">In words: what was expected there.</param>
public sealed record AuditFault(string Chain, long Seq, string Problem);
