using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;
using Tumbler.Grains.Calls;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Keys;

/// <summary>The ring's owner. All deciding is the keeper's, which is the same as in the single engine; what the grain adds is
/// that usually there is one in the cluster, and that the others hear of it at once.</summary>
internal sealed class KeyRingGrain(KeyRings rings, RingKeepers keepers, Herald herald) : Grain, IKeyRingGrain
{
    private VersionToken told;

    public Task<Result<RingStatus>> Tick(RingId ring) => Change(ring, () => rings.Tick(ring));

    public Task<Result<Page<RingView>>> List(PageRequest page) => Border.Answer(() => rings.List(page));

    public Task<Result<RingView>> Get(RingId ring) => Border.Answer(() => rings.Get(ring));

    public Task<Result<IReadOnlyList<KeyView>>> Keys(RingId ring) => Border.Answer(() => rings.Keys(ring));

    public Task<Result<PutRingAnswer>> Put(RingId ring, PutRing request, CallContext call) =>
        Change(ring, () => rings.Put(ring, request, call));

    public Task<Result<RotationAnswer>> Rotate(RingId ring, RotateRing request, CallContext call) =>
        Change(ring, () => rings.Rotate(ring, request, call));

    public Task<Result<RotationAnswer>> Taint(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Change(ring, () => rings.Taint(ring, kid, request, call));

    public Task<Result<RotationAnswer>> Revoke(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Change(ring, () => rings.Revoke(ring, kid, request, call));

    public Task<Result<RotationAnswer>> RevokeAll(RingId ring, WithdrawKey request, CallContext call) =>
        Change(ring, () => rings.RevokeAll(ring, request, call));

    private async Task<Result<T>> Change<T>(RingId ring, Func<Task<Result<T>>> change)
    {
        var answer = await Border.Answer(change);
        if (keepers.KnownVersion(ring) is var known && known > told)
        {
            told = known;
            await herald.Tell(service => service.Ring(ring, told.Value));
        }

        return answer;
    }
}
