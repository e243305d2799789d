namespace Tumbler.Core.Audit;

/// <param name="First">The number of the first entry that the archive holds.</param>
/// <param name="Last">The last entry that may go, by its number and hash.</param>
public sealed record PrunePoint(string Chain, long First, AuditHead Last);
