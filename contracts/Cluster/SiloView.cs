namespace Tumbler.Contracts.Cluster;

/// <param name="Address">Where the other silos reach it; null for a process that is alone.</param>
/// <param name="Status"><c>active</c>, <c>joining</c>, <c>leaving</c> or <c>dead</c>.</param>
/// <param name="Here">Whether it is the one that answers.</param>
/// <param name="Report">Null when it did not answer.</param>
public sealed record SiloView(string Name, string? Address, string Status, bool Here, SiloReport? Report);
