using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keepers;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Keys;

/// <summary>The keepers of rings in this process. Whatever changes a ring, the schedule runs on the result before it
/// is saved: no state without a signing key is stored, except when keys are revoked and none can be made.</summary>
public sealed partial class RingKeepers(
    Func<RingId, Keeper<RingId, KeyRing>> open, KeyForge forge, StoreClock storeClock, ILogger<RingKeepers> log)
{
    private readonly KeeperTable<RingId, KeyRing> keepers = new(open);

    /// <inheritdoc cref="Keeper{TId, TState}.KnownVersion"/>
    public VersionToken KnownVersion(RingId id) => keepers.KnownVersion(id);

    /// <inheritdoc cref="KeeperTable{TId, TState}.DropUnused"/>
    public void DropUnused(int periods) => keepers.DropUnused(periods);

    /// <param name="decide">About the ring, null when there is none.</param>
    /// <param name="answer">Made of the change, with the ring as it is saved, and the present instant.</param>
    public Task<Result<TAnswer>> Change<TAnswer>(
        RingId id,
        Func<KeyRing?, DateTimeOffset, Result<RingChange>> decide,
        Func<RingChange, DateTimeOffset, TAnswer> answer,
        RepeatableRequest request,
        CallContext call) => keepers.Of(id).Change<TAnswer>(
            async (ring, now) =>
            {
                if (storeClock.IsOff)
                    return ClockIsOff;
                if (!decide(ring, now).TryGet(out var decided, out var refusal))
                    return refusal;

                var change = await TryMake(id, decided, now);
                if (change is null && !decided.Urgent)
                    return CannotMakeKeys;
                change ??= decided with { ToMake = [] };

                // While a key signs, what is merely due can wait for the next tick and holds up no command. A revocation
                // does not even wait for a key to be made.
                var signs = change.Next.SignerAt(now) is not null;
                var tick = RingSteps.Tick(change.Next, now);
                var due = decided.Urgent && signs && tick.ToMake.Count > 0 ? null : await TryMake(id, tick, now);
                var canWait = decided.Urgent || (change.Audit.Count > 0 && signs);
                if (due is null && !canWait)
                    return CannotMakeKeys;
                if (due is not null)
                    change = change with { Next = due.Next, Audit = [.. change.Audit, .. due.Audit] };
                change = change with { Next = change.Next with { Quiet = KeySchedule.QuietAfter(change.Next, now) } };
                return new Decision<KeyRing, TAnswer>(change.Next, change.Audit, answer(change, now));
            },
            request,
            call);

    /// <summary>It would destroy keys that other nodes still sign with, or make some sign before their time.</summary>
    private static Refusal ClockIsOff { get; } =
        new(ErrorCode.Unavailable, "This node's clock differs from the database's by more than 30 s; it changes no keys.");

    private static Refusal CannotMakeKeys { get; } =
        new(ErrorCode.Unavailable, "A new key could not be made and protected; nothing was changed.");

    /// <summary>The change with its keys made and added; null when that can't be done, which is logged.</summary>
    private async Task<RingChange?> TryMake(RingId id, RingChange change, DateTimeOffset now)
    {
        KeyMaterial[] made;
        try
        {
            made = await forge.Make(change.ToMake);
        }
        catch (CryptographicException failure)
        {
            LogKeyNotMade(id, failure);
            return null;
        }

        var ring = change.Next;
        var audit = new List<AuditDraft>(change.Audit);
        foreach (var (plan, material) in change.ToMake.Zip(made))
        {
            ring = ring.Add(plan, material, now);
            audit.Add(RingAudit.Made(ring.Keys[^1]));
        }

        return change with { Next = ring, ToMake = [], Audit = audit };
    }

    [LoggerMessage(LogLevel.Error, "Ring {Ring}: a new key could not be made and protected")]
    private partial void LogKeyNotMade(RingId ring, Exception failure);
}
