using System.Collections.Frozen;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Keys;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Paging;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Keys;

/// <summary>The rings, in one process.</summary>
/// <param name="configured">Rings whose policy stands in the configuration.</param>
public sealed class KeyRings(
    RingKeepers keepers,
    RingRepair repair,
    RingSnapshots snapshots,
    IAggregateStore<RingId, KeyRing> store,
    Issuers issuers,
    RotationFailures failures,
    TimeProvider clock,
    FrozenDictionary<RingId, PutRing> configured) : IKeyRings
{
    public async Task<Result<Page<RingView>>> List(PageRequest page)
    {
        var rings = await ListPage.Of(store, page, RingId.TryParse);
        return rings.Map(found => found.Map(ring => View(ring, clock.Now())));
    }

    public async Task<Result<RingView>> Get(RingId ring) => (await Load(ring)).Map(found => View(found, clock.Now()));

    public async Task<Result<IReadOnlyList<KeyView>>> Keys(RingId ring) =>
        (await Load(ring)).Map(found => RingReport.Keys(found, clock.Now()));

    public Task<Result<PutRingAnswer>> Put(RingId ring, PutRing request, CallContext call) => configured.ContainsKey(ring)
        ? Task.FromResult<Result<PutRingAnswer>>(new Refusal(
            ErrorCode.Conflict, $"The policy of ring '{ring}' stands in the configuration (Rings:{ring}); change it there."))
        : ApplyPolicy(ring, request, onTopOf: policy => policy, call);

    /// <summary>Start-up: brings the default ring and the configured ones into being and up to date, and shows them. What the
    /// configuration leaves out is the default's, whatever was configured before.</summary>
    public async Task<Result<RingStatus>> Establish()
    {
        foreach (var ring in configured.Keys.Append(RingId.Default).Distinct())
        {
            if ((await Establish(ring)).Refusal is { } refusal)
                return refusal;
            await snapshots.Find(ring);
        }

        // A default ring that can't sign here is no reason not to start: what can be served is served, and readiness says so.
        return configured.ContainsKey(RingId.Default)
            ? await Tick(RingId.Default)
            : (await Establish(RingId.Default)).Map(answer => answer.Ring.Status);
    }

    private Task<Result<PutRingAnswer>> Establish(RingId ring) => configured.TryGetValue(ring, out var request)
        ? ApplyPolicy(ring, request, onTopOf: _ => null, CallContext.Internal("start"))
        : ApplyPolicy(ring, new PutRing(), onTopOf: policy => policy, CallContext.Internal("start"));

    /// <summary>Does what is due in a ring, and gets it signing if a stored key can't be used.</summary>
    public async Task<Result<RingStatus>> Tick(RingId ring)
    {
        var result = await TryTick(ring);
        if (result.Succeeded)
            failures.Succeeded(ring);
        else if (result.Refusal.Code != ErrorCode.NotFound)
            failures.Failed(ring, result.Refusal.Message);
        return result;
    }

    private async Task<Result<RingStatus>> TryTick(RingId ring)
    {
        try
        {
            var ticked = await keepers.Change(
                ring,
                (state, now) => state is null ? NotFound(ring) : RingChange.None(state, now),
                (change, now) => RingReport.Status(change.Next, now, lastFailure: null),
                new RepeatableRequest("rings.tick", null),
                CallContext.Internal("schedule"));
            return ticked.Succeeded && repair.IsNeeded(ring) ? await repair.Repair(ring) : ticked;
        }
        catch (StoreUnavailableException)
        {
            return new Refusal(ErrorCode.Unavailable, "The store does not answer.");
        }
    }

    public Task<Result<RotationAnswer>> Rotate(RingId ring, RotateRing request, CallContext call)
    {
        var check = new InputCheck();
        var mode = check.OneOf<RotationMode>("mode", request.Mode) ?? RotationMode.Graceful;
        var reason = check.Reason("reason", request.Reason);
        return Command(ring, check, new RepeatableRequest($"rings.rotate {ring}", request), call,
            (state, now) => mode == RotationMode.Graceful
                ? RingCommands.Rotate(state, mode, reason, now)
                : repair.OnReadable(state, now, readable => RingCommands.Rotate(readable, mode, reason, now)));
    }

    public Task<Result<RotationAnswer>> Taint(RingId ring, Kid kid, WithdrawKey request, CallContext call)
    {
        var check = new InputCheck();
        var reason = check.Reason("reason", request.Reason);
        return Command(ring, check, new RepeatableRequest($"keys.taint {ring} {kid}", request), call,
            (state, now) => repair.OnReadable(state, now, readable => RingCommands.Taint(readable, kid, reason, now)));
    }

    public Task<Result<RotationAnswer>> Revoke(RingId ring, Kid kid, WithdrawKey request, CallContext call)
    {
        var check = new InputCheck();
        var reason = check.Reason("reason", request.Reason);
        return Command(ring, check, new RepeatableRequest($"keys.revoke {ring} {kid}", request), call,
            (state, now) => repair.OnReadable(state, now, readable => RingCommands.Revoke(readable, kid, reason, now)), urgent: true);
    }

    public Task<Result<RotationAnswer>> RevokeAll(RingId ring, WithdrawKey request, CallContext call)
    {
        var check = new InputCheck();
        var reason = check.Reason("reason", request.Reason);
        return Command(ring, check, new RepeatableRequest($"rings.revoke {ring}", request), call,
            (state, now) => RingCommands.RevokeAll(state, reason, now), urgent: true);
    }

    /// <param name="urgent">Nobody waits for what is due: it comes right after. Lost, it comes with the next tick.</param>
    private async Task<Result<RotationAnswer>> Command(
        RingId ring,
        InputCheck check,
        RepeatableRequest request,
        CallContext call,
        Func<KeyRing, DateTimeOffset, Result<RingChange>> decide,
        bool urgent = false)
    {
        if (check.Failed)
            return check.Refusal;

        // First what the clock has long asked for: a command must not find a ring that slept for a week. If that can't be
        // done, the command still decides for itself.
        if (!urgent)
            await Tick(ring);
        var decided = await keepers.Change(
            ring,
            (state, now) => state is null ? NotFound(ring) : decide(state, now),
            (change, now) => new RotationAnswer(change.EffectiveAt, RingReport.Status(change.Next, now, failures.Of(ring))),
            request,
            call);
        if (urgent)
            _ = Tick(ring);
        return decided.Map(answer => answer with { EffectiveAt = clock.NotBefore(answer.EffectiveAt) });
    }

    private Task<Result<PutRingAnswer>> ApplyPolicy(
        RingId ring, PutRing request, Func<RingPolicy?, RingPolicy?> onTopOf, CallContext call)
    {
        // Of the last decision: after a conflict another request may have made the ring.
        var isNew = false;
        return keepers.Change(
            ring,
            (state, now) =>
            {
                isNew = state is null;
                return RingPolicyRules.Apply(request, onTopOf(state?.Policy)).Map(policy =>
                    state is null ? RingCommands.Create(ring, policy, now) : RingCommands.ChangePolicy(state, policy, now));
            },
            (change, now) => new PutRingAnswer(isNew, View(change.Next, now)),
            new RepeatableRequest($"rings.put {ring}", request),
            call);
    }

    private async Task<Result<KeyRing>> Load(RingId ring) =>
        await store.Load(ring, CancellationToken.None) is { } stored ? stored.State : NotFound(ring);

    private RingView View(KeyRing ring, DateTimeOffset now) => new(
        ring.Id,
        issuers.Of(ring.Id),
        ring.CreatedAt,
        RingReport.Policy(ring.Policy, configured.ContainsKey(ring.Id)),
        RingReport.Status(ring, now, failures.Of(ring.Id)));

    private static Refusal NotFound(RingId ring) => Refusal.NotFound("ring", ring.Value);
}
