using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Snapshots;

/// <summary>Reentrant: a slow reading of one ring holds up no other news.</summary>
[Reentrant]
internal sealed class SnapshotService(
    GrainId id, Silo silo, ILoggerFactory logging, RingSnapshots rings, OrganizationSnapshots organizations)
    : GrainService(id, silo, logging), ISnapshotService
{
    public Task Ring(RingId ring, long version) =>
        rings.Refresh(new Changed<RingId>(ring, new VersionToken(version)), StoppedCancellationTokenSource.Token);

    public Task Organization(OrgSlug org, long version) =>
        organizations.Refresh(new Changed<OrgSlug>(org, new VersionToken(version)), StoppedCancellationTokenSource.Token);
}
