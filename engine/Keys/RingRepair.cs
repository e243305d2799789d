using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Protection;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Keys;

/// <summary>Gets a ring signing again when a stored private key can't be used. What is damaged is so for every node: such a
/// key stops signing, and the next one takes over. What only this node has no certificate for may be well elsewhere: it
/// is left alone and reported, and an immediate rotation is the way out.</summary>
public sealed partial class RingRepair(
    RingKeepers keepers, RingSnapshots snapshots, KeyForge forge, ILogger<RingRepair> log)
{
    public bool IsNeeded(RingId ring) => snapshots.LacksKey(ring);

    /// <summary>Of the rings that this node shows; another one is opened, and found damaged, when it is first used.</summary>
    public IEnumerable<RingId> Needed() => snapshots.LackingKeys();

    public async Task<Result<RingStatus>> Repair(RingId ring)
    {
        IReadOnlyDictionary<Kid, KeyFault> faults = new Dictionary<Kid, KeyFault>();
        var repaired = await keepers.Change(
            ring,
            (state, now) => state is null
                ? Refusal.NotFound("ring", ring.Value)
                : Decide(state, faults = forge.FaultsOf(state.Keys.Where(key => key.MaySign)), now),
            (change, now) => RingReport.Status(change.Next, now, lastFailure: null),
            new RepeatableRequest("rings.repair", null),
            CallContext.Internal("repair"));
        if (repaired.Succeeded)
        {
            foreach (var (kid, fault) in faults.Where(each => each.Value != KeyFault.NoCertificate))
                LogDiscarded(ring, kid, fault);
        }

        return repaired;
    }

    /// <summary>Decides on a ring without those upcoming keys that this node can't use: one of them may be asked to sign at
    /// once.</summary>
    public Result<RingChange> OnReadable(KeyRing ring, DateTimeOffset now, Func<KeyRing, Result<RingChange>> decide)
    {
        var first = RingCommands.Discard(ring, Problems(forge.FaultsOf(ring.UpcomingAt(now))), now);
        return decide(first.Next).Map(change => change.After(first));
    }

    private static Result<RingChange> Decide(KeyRing ring, IReadOnlyDictionary<Kid, KeyFault> faults, DateTimeOffset now)
    {
        var damaged = faults.Where(each => each.Value != KeyFault.NoCertificate).ToDictionary();
        if (damaged.Count > 0)
            return RingCommands.Discard(ring, Problems(damaged), now);
        return ring.SignerAt(now) is { } signer && faults.ContainsKey(signer.Kid)
            ? new Refusal(ErrorCode.Unavailable,
                "The signing key is encrypted for no certificate that is configured here. Give its certificate back, or rotate immediately.")
            : RingChange.None(ring, now);
    }

    private static Dictionary<Kid, string> Problems(IReadOnlyDictionary<Kid, KeyFault> faults) => faults.ToDictionary(
        each => each.Key,
        each => each.Value switch
        {
            KeyFault.NoCertificate => "its private key is encrypted for no certificate that was configured",
            KeyFault.AnotherKey => "another private key was stored in the place of its own",
            _ => "its stored private key was damaged",
        });

    [LoggerMessage(LogLevel.Critical, "Ring {Ring}: the stored private key of {Kid} could not be used ({Fault}); it never signs again and another key takes its place. Find out who changed the store")]
    private partial void LogDiscarded(RingId ring, Kid kid, KeyFault fault);
}
