using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Keys;
using Tumbler.Grains.Calls;

namespace Tumbler.Grains.Keys;

/// <summary>The rings as every silo offers them: changes go to the owner, lists are read here.</summary>
internal sealed class ClusterKeyRings(IGrainFactory grains, KeyRings here) : IKeyRings
{
    public Task<Result<Page<RingView>>> List(PageRequest page) => here.List(page);

    /// <summary>The owner knows why the last preparation failed. Without it the rest of the answer is as good.</summary>
    public async Task<Result<RingView>> Get(RingId ring)
    {
        var asked = await Border.Ask(() => Owner(ring).Get(ring));
        return asked.Refusal is { Code: ErrorCode.Unavailable } ? await here.Get(ring) : asked;
    }

    public Task<Result<IReadOnlyList<KeyView>>> Keys(RingId ring) => here.Keys(ring);

    public Task<Result<PutRingAnswer>> Put(RingId ring, PutRing request, CallContext call) =>
        Border.Ask(() => Owner(ring).Put(ring, request, call));

    public Task<Result<RotationAnswer>> Rotate(RingId ring, RotateRing request, CallContext call) =>
        Border.Ask(() => Owner(ring).Rotate(ring, request, call));

    public Task<Result<RotationAnswer>> Taint(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Border.Ask(() => Owner(ring).Taint(ring, kid, request, call));

    public Task<Result<RotationAnswer>> Revoke(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Border.Ask(() => Owner(ring).Revoke(ring, kid, request, call));

    public Task<Result<RotationAnswer>> RevokeAll(RingId ring, WithdrawKey request, CallContext call) =>
        Border.Ask(() => Owner(ring).RevokeAll(ring, request, call));

    public Task<Result<RingStatus>> Tick(RingId ring) => Border.Ask(() => Owner(ring).Tick(ring));

    private IKeyRingGrain Owner(RingId ring) => grains.GetGrain<IKeyRingGrain>(ring.Value);
}
