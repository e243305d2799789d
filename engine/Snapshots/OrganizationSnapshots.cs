using System.Collections.Concurrent;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>The organisations as this node knows them, filled on demand.</summary>
public sealed class OrganizationSnapshots(IAggregateStore<OrgSlug, Organization> store)
{
    private readonly ConcurrentDictionary<OrgSlug, OrganizationSnapshot> snapshots = [];

    /// <summary>Null when there is no such organisation. Waits only for its first use.</summary>
    public ValueTask<OrganizationSnapshot?> Find(OrgSlug org) =>
        snapshots.TryGetValue(org, out var snapshot) ? ValueTask.FromResult<OrganizationSnapshot?>(snapshot) : FirstUse(org);

    /// <summary>Shows a saved state, unless a later one is known already: a late read never brings back a revoked key.</summary>
    public OrganizationSnapshot Apply(Stored<Organization> stored) => snapshots.AddOrUpdate(
        stored.State.Slug,
        _ => new OrganizationSnapshot(stored),
        (_, known) => known.Version < stored.Version ? new OrganizationSnapshot(stored) : known);

    private async ValueTask<OrganizationSnapshot?> FirstUse(OrgSlug org) =>
        await store.Load(org, CancellationToken.None) is { } stored ? Apply(stored) : null;
}
