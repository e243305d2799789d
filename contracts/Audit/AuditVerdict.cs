namespace Tumbler.Contracts.Audit;

/// <summary>What recomputing the whole log found.</summary>
/// <param name="FirstFault">The first place that does not verify, or null.</param>
/// <param name="Checkpoints">How many checkpoints verified.</param>
public sealed record AuditVerdict(bool Valid, int Chains, long Entries, AuditFault? FirstFault, long Checkpoints = 0);
