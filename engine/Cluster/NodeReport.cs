using System.Reflection;
using Tumbler.Contracts.Cluster;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Cluster;

/// <summary>How this process is, for those who look after it.</summary>
public sealed class NodeReport(
    RingSnapshots rings, OrganizationSnapshots organizations, SnapshotPoller poller, StoreClock storeClock, TimeProvider clock)
{
    private static readonly string Version =
        typeof(NodeReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly DateTimeOffset startedAt = clock.Now();

    public SiloReport Now() => new(
        Version,
        startedAt,
        Math.Round(poller.Silence.TotalSeconds, 3),
        storeClock.Difference is { } difference ? Math.Round(difference.TotalSeconds, 3) : null,
        rings.Count,
        organizations.Count);
}
