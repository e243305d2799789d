using Orleans.Services;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Migration;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Grains.Snapshots;

/// <summary>On every silo: takes news of changes. They carry versions and never what changed: each silo reads that from the
/// store, and opens private keys with its own certificate. An answer says that what this silo serves is no older.</summary>
public interface ISnapshotService : IGrainService
{
    /// <param name="withdraws">Something may not be used any longer: rather than what it served, this silo serves nothing.</param>
    Task Ring(RingId ring, long version, bool withdraws);

    /// <inheritdoc cref="Ring"/>
    Task Organization(OrgSlug org, long version, bool withdraws);

    /// <summary>Something new stands in the feed of revocations.</summary>
    Task Revocations();

    /// <summary>How this silo is.</summary>
    Task<SiloReport> Report();

    /// <summary>What this silo has counted of shared keys.</summary>
    Task<NodeMigration> Migration();
}
