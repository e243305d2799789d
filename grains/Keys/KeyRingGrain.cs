using Orleans.Concurrency;
using Orleans.Runtime;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Keys;
using Tumbler.Grains.Calls;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Keys;

/// <summary>The ring's owner. All deciding is the keeper's, which is the same as in the single engine; what the grain adds is
/// that usually there is one in the cluster, that the others hear of a change at once, and the reminder. Reentrant: the
/// keeper lets one change in at a time, and nobody who only asks waits for a key that is being made.</summary>
[Reentrant]
internal sealed class KeyRingGrain(KeyRings rings, RingKeepers keepers, Herald herald, Alarm alarm, ILocalSiloDetails silo)
    : Grain, IKeyRingGrain, IRemindable
{
    private readonly Told told = new(herald);

    public async Task<Result<RingStatus>> Tick(RingId ring)
    {
        var ticked = await Change(ring, () => rings.Tick(ring));
        await alarm.Set(this, ring);
        return ticked;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Tick(RingId.Parse(this.GetPrimaryKeyString()));

    public Task<Result<Page<RingView>>> List(PageRequest page) => Border.Answer(() => rings.List(page));

    public async Task<Result<RingView>> Get(RingId ring) =>
        (await Border.Answer(() => rings.Get(ring))).Map(view => view with { Owner = silo.Name });

    public Task<Result<IReadOnlyList<KeyView>>> Keys(RingId ring) => Border.Answer(() => rings.Keys(ring));

    public Task<Result<PutRingAnswer>> Put(RingId ring, PutRing request, CallContext call) =>
        Change(ring, () => rings.Put(ring, request, call));

    public Task<Result<RotationAnswer>> Rotate(RingId ring, RotateRing request, CallContext call) =>
        Change(ring, () => rings.Rotate(ring, request, call));

    public Task<Result<RotationAnswer>> Taint(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Change(ring, () => rings.Taint(ring, kid, request, call), withdraws: true);

    public Task<Result<RotationAnswer>> Revoke(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Change(ring, () => rings.Revoke(ring, kid, request, call), withdraws: true);

    public Task<Result<RotationAnswer>> RevokeAll(RingId ring, WithdrawKey request, CallContext call) =>
        Change(ring, () => rings.RevokeAll(ring, request, call), withdraws: true);

    private async Task<Result<T>> Change<T>(RingId ring, Func<Task<Result<T>>> change, bool withdraws = false)
    {
        var answer = await Border.Answer(change);
        return await told.With(answer, keepers.KnownVersion(ring), withdraws, (service, version, withdrawn) => service.Ring(ring, version, withdrawn));
    }
}
