using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Engine.Organizations;
using Tumbler.Grains.Calls;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Organizations;

/// <summary>The way of a change to the organisation's owner, or through this silo if that one can't.</summary>
internal sealed class OrganizationOwners(IGrainFactory grains, OrganizationKeepers keepers, Herald herald)
{
    public Task<Result<T>> Change<T>(
        OrgSlug org,
        CallContext call,
        Func<IOrganizationGrain, CallContext, Task<Result<T>>> owner,
        Func<CallContext, Task<Result<T>>> here) =>
        Border.Change(call, keyed => owner(grains.GetGrain<IOrganizationGrain>(org.Value), keyed), keyed => Spread(org, () => here(keyed)));

    private async Task<Result<T>> Spread<T>(OrgSlug org, Func<Task<Result<T>>> change)
    {
        var answer = await change();
        return await new Told(herald).With(answer, keepers.KnownVersion(org), withdraws: true, (service, version, withdrawn) => service.Organization(org, version, withdrawn));
    }
}
