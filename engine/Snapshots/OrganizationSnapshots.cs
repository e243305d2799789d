using Tumbler.Contracts.Organizations;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Snapshots;

/// <summary>The organisations as this node knows them, filled on demand.</summary>
public sealed class OrganizationSnapshots(IAggregateStore<OrgSlug, Organization> store, TimeProvider clock)
{
    private readonly SnapshotTable<OrgSlug, Organization, OrganizationSnapshot> table =
        new(store, (stored, _) => new OrganizationSnapshot(stored), clock);

    /// <summary>How many are held.</summary>
    public int Count => table.Count;

    /// <summary>Null when there is no such organisation. Waits only for its first use.</summary>
    public ValueTask<OrganizationSnapshot?> Find(OrgSlug org) => table.Find(org);

    /// <summary>Null also for one that was not used here not long ago: the store is not asked.</summary>
    public OrganizationSnapshot? FindHeld(OrgSlug org) => table.FindHeld(org);

    /// <summary>Shows a saved state of one that is shown, unless a later one is known already: a late read never brings back a
    /// revoked key.</summary>
    public void Renew(Stored<Organization> stored) => table.Renew(stored.State.Slug, stored);

    /// <inheritdoc cref="SnapshotTable{TId, TState, TSnapshot}.Refresh"/>
    public Task Refresh(Changed<OrgSlug> changed, CancellationToken stop) => table.Refresh(changed, stop);

    /// <inheritdoc cref="SnapshotTable{TId, TState, TSnapshot}.Withdraw"/>
    public Task Withdraw(Changed<OrgSlug> changed) => table.Withdraw(changed);

    /// <summary>Lets go of what was not used in the last periods.</summary>
    public void DropUnused(int periods) => table.DropUnused(periods, _ => false);
}
