using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Protection;
using Tumbler.Core.Keys;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Protection;

/// <summary>Looks through all rings, one at a time: how many there are changes how long it takes, not what it holds.</summary>
public sealed partial class KeyProtection(
    IStore store,
    RingKeepers keepers,
    KeyForge forge,
    IKeyProtector protector,
    ReceiptBook receipts,
    TimeProvider clock,
    ILogger<KeyProtection> log) : IKeyProtection
{
    private const int ProgressEvery = 1000;

    private static readonly RepeatableRequest RewrapAll = new("protection.rewrap", null);

    private int running;

    /// <summary>Of this moment: certificates are replaced while the process runs.</summary>
    private RecipientSet Recipients => new(protector.Certificates);

    public async Task<Result<ProtectionView>> Status()
    {
        var tally = new ProtectionTally(protector);
        await foreach (var ring in Rings())
            tally.Add(ring);
        return tally.View;
    }

    public async Task<Result<RewrapAnswer>> Rewrap(CallContext call)
    {
        // Its receipt lies in the default ring, with the entry that tells of it.
        if (await store.Rings.Load(RingId.Default, CancellationToken.None) is { } stored
            && receipts.Find<RewrapAnswer>(stored.State.Receipts, RewrapAll, call, clock.Now()) is { } repeated)
            return repeated;
        if (Interlocked.Exchange(ref running, 1) == 1)
            return new Refusal(ErrorCode.Conflict, "The private keys are being rewrapped already; the log tells how far.");
        try
        {
            return await RewrapRings(call);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    private async Task<Result<RewrapAnswer>> RewrapRings(CallContext call)
    {
        var tally = new RewrapTally();
        await foreach (var ring in Rings())
        {
            tally.LookedThrough();
            if (ring.Keys.Any(NeedsRewrap))
                await Rewrap(ring.Id, tally, call);
            else
                tally.AlreadyCurrent += ring.Keys.Count(key => key.MaySign);
            if (tally.Rings % ProgressEvery == 0)
                LogProgress(tally.Rings, tally.Rewrapped, tally.AlreadyCurrent, tally.Failed);
        }

        LogProgress(tally.Rings, tally.Rewrapped, tally.AlreadyCurrent, tally.Failed);
        var answer = tally.Answer;
        return await keepers.Change(
            RingId.Default,
            (state, now) => state is null
                ? Refusal.NotFound("ring", RingId.Default.Value)
                : RingProtection.Rewrapped(state, tally.Rewrapped, tally.AlreadyCurrent, tally.Failed, Recipients.Thumbprints, now),
            (_, _) => answer,
            RewrapAll,
            call);
    }

    private async Task Rewrap(RingId id, RewrapTally tally, CallContext call)
    {
        // Of the last decision: after a conflict the keys may be others.
        List<(SigningKey Key, ProtectedKey PrivateKey)> rewrapped = [];
        List<RewrapFailure> failures = [];
        var current = 0;
        var changed = await keepers.Change(
            id,
            (state, now) =>
            {
                (rewrapped, failures, current) = ([], [], 0);
                foreach (var key in state?.Keys.Where(key => key.MaySign) ?? [])
                {
                    if (!NeedsRewrap(key))
                        current++;
                    else if (TryRewrap(key, out var protectedKey, out var problem))
                        rewrapped.Add((key, protectedKey!));
                    else
                        failures.Add(new RewrapFailure(id, key.Kid, problem!));
                }

                return state is null ? Refusal.NotFound("ring", id.Value) : RingProtection.Rewrap(state, rewrapped, Recipients.Thumbprints, now);
            },
            (_, _) => true,
            new RepeatableRequest($"protection.rewrap {id}", null),
            call with { IdempotencyKey = null });
        if (!changed.Succeeded)
        {
            failures.AddRange(rewrapped.Select(each => new RewrapFailure(id, each.Key.Kid, changed.Refusal.Message)));
            rewrapped.Clear();
        }

        tally.Rewrapped += rewrapped.Count;
        tally.AlreadyCurrent += current;
        foreach (var failure in failures)
        {
            LogFailed(id, failure.Kid, failure.Reason);
            tally.Fail(failure);
        }
    }

    /// <summary>What can't be read needs it too, and will be reported.</summary>
    private bool NeedsRewrap(SigningKey key)
    {
        try
        {
            return key.MaySign && !Recipients.IsExactly(protector.ReadersOf(key.PrivateKey!));
        }
        catch (UnreadableKeyException)
        {
            return true;
        }
    }

    private bool TryRewrap(SigningKey key, out ProtectedKey? rewrapped, out string? problem)
    {
        try
        {
            (rewrapped, problem) = (forge.Rewrap(key), null);
        }
        catch (UnreadableKeyException unreadable)
        {
            (rewrapped, problem) = (null, unreadable.Message);
        }

        return rewrapped is not null;
    }

    private async IAsyncEnumerable<KeyRing> Rings()
    {
        await foreach (var id in store.Rings.All(CancellationToken.None))
        {
            if (await store.Rings.Load(id, CancellationToken.None) is { } stored)
                yield return stored.State;
        }
    }

    [LoggerMessage(LogLevel.Information, "Rewrapping private keys: {Rings} rings looked through, {Rewrapped} keys rewrapped, {AlreadyCurrent} were current, {Failed} failed")]
    private partial void LogProgress(long rings, long rewrapped, long alreadyCurrent, long failed);

    [LoggerMessage(LogLevel.Error, "Ring {Ring}: the private key of {Kid} could not be rewrapped and stays as it is: {Reason}")]
    private partial void LogFailed(RingId ring, Kid kid, string reason);
}
