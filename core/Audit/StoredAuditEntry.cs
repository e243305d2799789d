using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>An entry as a store has it, in which nobody need have left anything as it was.</summary>
/// <param name="Entry">Null when its fields make no entry.</param>
public sealed record StoredAuditEntry(string Chain, long Seq, AuditEntry? Entry);
