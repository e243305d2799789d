namespace Tumbler.Contracts.Cluster;

/// <summary>How a silo finds itself.</summary>
/// <param name="Version">Of the product.</param>
/// <param name="SnapshotAgeSeconds">For how long it has not heard what has changed; usually less than a second.</param>
/// <param name="ClockDifferenceSeconds">How far its clock is ahead of the database's; null where there is none to compare with.</param>
/// <param name="Rings">How many rings it holds ready to be used.</param>
/// <param name="Organizations">How many organisations it holds ready to be used.</param>
public sealed record SiloReport(
    string Version,
    DateTimeOffset StartedAt,
    double SnapshotAgeSeconds,
    double? ClockDifferenceSeconds,
    int Rings,
    int Organizations);
