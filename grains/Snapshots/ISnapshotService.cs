using Orleans.Services;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Grains.Snapshots;

/// <summary>On every silo: takes news of changes. They carry versions and never what changed: each silo reads that from the
/// store, and opens private keys with its own certificate. An answer says that what this silo serves is no older.</summary>
public interface ISnapshotService : IGrainService
{
    Task Ring(RingId ring, long version);

    Task Organization(OrgSlug org, long version);
}
