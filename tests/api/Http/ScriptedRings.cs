using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Tests.Http;

/// <summary>Has the ring <c>default</c>; tells what it was asked.</summary>
internal sealed class ScriptedRings : IKeyRings
{
    public static readonly Kid Kid = Kid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    public List<string> Calls { get; } = [];

    public CallContext? LastCall { get; private set; }

    public Task<Result<Page<RingView>>> List(PageRequest page) =>
        Answer(new Page<RingView>([View(RingId.Default)], $"{page.Cursor}/{page.Limit}"), $"list {page}");

    public Task<Result<RingView>> Get(RingId ring) => ring == RingId.Default
        ? Task.FromResult<Result<RingView>>(View(ring))
        : Task.FromResult<Result<RingView>>(Refusal.NotFound("ring", ring.Value));

    public Task<Result<IReadOnlyList<KeyView>>> Keys(RingId ring) => Answer<IReadOnlyList<KeyView>>(
        [
            new(Kid, JwsAlgorithm.ES256, 7, KeyOrigin.Scheduled, KeyState.Signing, true, At, At, At, At, At, null, null, null, null),
        ],
        $"keys {ring}");

    public Task<Result<PutRingAnswer>> Put(RingId ring, PutRing request, CallContext call) =>
        Answer(new PutRingAnswer(ring != RingId.Default, View(ring)), $"put {ring} {request}", call);

    public Task<Result<RotationAnswer>> Rotate(RingId ring, RotateRing request, CallContext call) =>
        Answer(new RotationAnswer(At, Status(ring)), $"rotate {ring} {request}", call);

    public Task<Result<RotationAnswer>> Taint(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Answer(new RotationAnswer(At, Status(ring)), $"taint {ring} {kid} {request}", call);

    public Task<Result<RotationAnswer>> Revoke(RingId ring, Kid kid, WithdrawKey request, CallContext call) =>
        Answer(new RotationAnswer(At, Status(ring)), $"revoke {ring} {kid} {request}", call);

    public Task<Result<RotationAnswer>> RevokeAll(RingId ring, WithdrawKey request, CallContext call) =>
        Answer(new RotationAnswer(At, Status(ring)), $"revoke-all {ring} {request}", call);

    private static DateTimeOffset At => FixedClock.Now;

    private static RingView View(RingId ring) => new(
        ring, "https://issuer", At, new RingPolicyView(JwsAlgorithm.RS256, 2048, "PT24H", "PT25H", "PT24H", false, "PT55M", false), Status(ring));

    private static RingStatus Status(RingId ring) =>
        new(ring, Kid, 12.5, 2, 7, At, 23.5, new LastRotation(At, KeyOrigin.Scheduled), null);

    private Task<Result<T>> Answer<T>(T value, string what, CallContext? call = null)
    {
        lock (Calls)
            Calls.Add(what);
        LastCall = call ?? LastCall;
        return Task.FromResult<Result<T>>(value);
    }
}
