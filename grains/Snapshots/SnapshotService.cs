using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Migration;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Cluster;
using Tumbler.Engine.Migration;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Snapshots;

/// <summary>Reentrant: a slow reading of one ring holds up no other news.</summary>
[Reentrant]
internal sealed class SnapshotService(
    GrainId id, Silo silo, ILoggerFactory logging, RingSnapshots rings, OrganizationSnapshots organizations, SnapshotPoller poller, NodeReport report,
    SharedKeys sharedKeys)
    : GrainService(id, silo, logging), ISnapshotService
{
    public Task Ring(RingId ring, long version, bool withdraws)
    {
        var changed = new Changed<RingId>(ring, new VersionToken(version));
        return Hear(withdraws ? Task.WhenAll(rings.Withdraw(changed), Revocations()) : rings.Refresh(changed, StoppedCancellationTokenSource.Token));
    }

    public Task Organization(OrgSlug org, long version, bool withdraws)
    {
        var changed = new Changed<OrgSlug>(org, new VersionToken(version));
        return Hear(withdraws ? Task.WhenAll(organizations.Withdraw(changed), Revocations()) : organizations.Refresh(changed, StoppedCancellationTokenSource.Token));
    }

    public async Task Revocations()
    {
        if (!await poller.AskAgain())
            throw new InvalidOperationException("This silo does not hear what has changed.");
    }

    public Task<NodeMigration> Migration() => Task.FromResult(sharedKeys.Counted());

    public Task<SiloReport> Report() => Task.FromResult(report.Now());

    /// <summary>Exceptions of ours do not cross the border.</summary>
    private static async Task Hear(Task hearing)
    {
        try
        {
            await hearing;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreDamagedException)
        {
            throw new InvalidOperationException(e.Message);
        }
    }
}
