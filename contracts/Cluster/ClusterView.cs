namespace Tumbler.Contracts.Cluster;

/// <param name="Engine"><c>single</c> or <c>cluster</c>.</param>
/// <param name="Id">The cluster's id; null for a process that is alone.</param>
/// <param name="Silos">By name.</param>
/// <param name="Reminders">How many reminders are set, one for each ring that is due or soon will be; null when that is not known.</param>
public sealed record ClusterView(string Engine, string? Id, IReadOnlyList<SiloView> Silos, int? Reminders);
