namespace Tumbler.Engine.Audit;

/// <param name="Chains">Of how many chains entries went.</param>
/// <param name="Number">Which pruning of this log it was, from 1; 0 when there was nothing to prune.</param>
public sealed record AuditPruned(int Chains, long Entries, long Number);
