using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keepers;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Organizations;

/// <summary>The keepers of organisations in this process.</summary>
public sealed class OrganizationKeepers(Func<OrgSlug, Keeper<OrgSlug, Organization>> open)
{
    private readonly KeeperTable<OrgSlug, Organization> keepers = new(open);

    /// <inheritdoc cref="Keeper{TId, TState}.KnownVersion"/>
    public VersionToken KnownVersion(OrgSlug org) => keepers.KnownVersion(org);

    /// <inheritdoc cref="KeeperTable{TId, TState}.DropUnused"/>
    public void DropUnused(int periods) => keepers.DropUnused(periods);

    public Task<Result<TAnswer>> Change<TAnswer>(
        OrgSlug org,
        Func<Organization?, DateTimeOffset, Result<Decision<Organization, TAnswer>>> decide,
        RepeatableRequest request,
        CallContext call) =>
        keepers.Of(org).Change((state, now) => ValueTask.FromResult(decide(state, now)), request, call);
}
