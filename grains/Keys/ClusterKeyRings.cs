using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Keys;
using Tumbler.Grains.Calls;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Keys;

/// <summary>The rings as every silo offers them: changes go to the owner, lists are read here.</summary>
internal sealed class ClusterKeyRings(IGrainFactory grains, KeyRings here, RingKeepers keepers, Herald herald) : IKeyRings
{
    public Task<Result<Page<RingView>>> List(PageRequest page) => here.List(page);

    /// <summary>The owner knows who it is, and why the last preparation failed. Without it the rest of the answer is as good.</summary>
    public async Task<Result<RingView>> Get(RingId ring)
    {
        var asked = await Border.Ask(() => Owner(ring).Get(ring));
        return asked.Refusal is { Code: ErrorCode.Unavailable } ? await here.Get(ring) : asked;
    }

    public Task<Result<IReadOnlyList<KeyView>>> Keys(RingId ring) => here.Keys(ring);

    public Task<Result<PutRingAnswer>> Put(RingId ring, PutRing request, CallContext call) =>
        Change(ring, call, (rings, keyed) => rings.Put(ring, request, keyed));

    public Task<Result<RotationAnswer>> Rotate(RingId ring, RotateRing request, CallContext call) =>
        Change(ring, call, (rings, keyed) => rings.Rotate(ring, request, keyed));

    public Task<Result<RotationAnswer>> Taint(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Change(ring, call, (rings, keyed) => rings.Taint(ring, kid, request, keyed));

    public Task<Result<RotationAnswer>> Revoke(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Change(ring, call, (rings, keyed) => rings.Revoke(ring, kid, request, keyed));

    public Task<Result<RotationAnswer>> RevokeAll(RingId ring, WithdrawKey request, CallContext call) =>
        Change(ring, call, (rings, keyed) => rings.RevokeAll(ring, request, keyed));

    /// <summary>By the owner, or by this silo if that one can't.</summary>
    public async Task<Result<RingStatus>> Tick(RingId ring)
    {
        var ticked = await Border.Ask(() => Owner(ring).Tick(ring));
        return ticked.Refusal is { Code: ErrorCode.Unavailable } ? await Spread(ring, () => here.Tick(ring)) : ticked;
    }

    private Task<Result<T>> Change<T>(RingId ring, CallContext call, Func<IKeyRings, CallContext, Task<Result<T>>> change) =>
        Border.Change(call, keyed => change(Owner(ring), keyed), keyed => Spread(ring, () => change(here, keyed)));

    private async Task<Result<T>> Spread<T>(RingId ring, Func<Task<Result<T>>> change)
    {
        var answer = await change();
        return await new Told(herald).With(answer, keepers.KnownVersion(ring), withdraws: true, (service, version, withdrawn) => service.Ring(ring, version, withdrawn));
    }

    private IKeyRingGrain Owner(RingId ring) => grains.GetGrain<IKeyRingGrain>(ring.Value);
}
