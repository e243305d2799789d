using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<OrgSlug, Keeper<OrgSlug, Organization>> keepers = [];

    /// <inheritdoc cref="Keeper{TId, TState}.KnownVersion"/>
    public VersionToken KnownVersion(OrgSlug org) => keepers.TryGetValue(org, out var keeper) ? keeper.KnownVersion : VersionToken.None;

    public Task<Result<TAnswer>> Change<TAnswer>(
        OrgSlug org,
        Func<Organization?, DateTimeOffset, Result<Decision<Organization, TAnswer>>> decide,
        RepeatableRequest request,
        CallContext call) =>
        keepers.GetOrAdd(org, open).Change((state, now) => ValueTask.FromResult(decide(state, now)), request, call);
}
