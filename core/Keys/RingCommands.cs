using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Keys;

/// <summary>What people may do to a ring. Each decision leaves the gaps it tears to <see cref="KeySchedule"/>, which
/// runs on its result before anything is saved.</summary>
public static class RingCommands
{
    public static RingChange Create(RingId id, RingPolicy policy, DateTimeOffset now) => new(
        new KeyRing { Id = id, Policy = policy, CreatedAt = now },
        [],
        [RingAudit.Ring(AuditAction.Create, id), RingAudit.Policy(AuditAction.Create, id, policy)],
        now);

    /// <summary>Takes effect with the next key that is made: published keys keep the instants verifiers were promised.</summary>
    public static RingChange ChangePolicy(KeyRing ring, RingPolicy policy, DateTimeOffset now) => ring.Policy == policy
        ? RingChange.None(ring, now)
        : new RingChange(ring with { Policy = policy }, [], [RingAudit.Policy(AuditAction.Update, ring.Id, policy)], now);

    public static RingChange Rotate(KeyRing ring, RotationMode mode, string? reason, DateTimeOffset now)
    {
        var (next, toMake, at) = mode == RotationMode.Immediate ? SucceedNow(ring, now) : SucceedGracefully(ring, now);
        if (next == ring && toMake.Count == 0)
            return RingChange.None(ring, at);

        return new RingChange(next, toMake,
        [
            RingAudit.Ring(AuditAction.Rotate, ring.Id,
                ("mode", Names.SnakeCase(mode)), ("effective_at", AuditForm.Time(at)), ("reason", reason)),
            .. Moves(ring, next),
        ],
        at);
    }

    /// <summary>The key stops signing at once and still verifies.</summary>
    public static Result<RingChange> Taint(KeyRing ring, Kid kid, string? reason, DateTimeOffset now)
    {
        if (ring.Find(kid) is not { } key)
            return Refusal.NotFound("signing key", kid.ToString());
        if (key.TaintedAt is { } taintedAt)
            return RingChange.None(ring, taintedAt);
        if (key.RevokedAt is not null || key.ExpiresAt <= now)
            return new Refusal(ErrorCode.Conflict, $"Signing key '{kid}' has already ended.");

        return Withdraw(ring, [key with { TaintedAt = now, Reason = reason }], now,
            [RingAudit.Key(AuditAction.Update, kid, ("tainted_at", AuditForm.Time(now)), ("reason", reason))]);
    }

    /// <summary>Keys whose stored private half can't be used: they stop signing at once, and tokens they signed while it
    /// could still verify.</summary>
    /// <param name="problems">Why, by key; of keys that may sign.</param>
    public static RingChange Discard(KeyRing ring, IReadOnlyDictionary<Kid, string> problems, DateTimeOffset now)
    {
        SigningKey[] lost = [.. ring.Keys.Where(key => key.MaySign && problems.ContainsKey(key.Kid))];
        return lost.Length == 0
            ? RingChange.None(ring, now)
            : Withdraw(ring, [.. lost.Select(key => key with { TaintedAt = now, Reason = problems[key.Kid] })], now,
            [
                .. lost.Select(key => RingAudit.Key(AuditAction.Update, key.Kid,
                    ("tainted_at", AuditForm.Time(now)), ("material", "unreadable"), ("reason", problems[key.Kid]))),
            ]);
    }

    /// <summary>The key stops signing and verifying at once.</summary>
    public static Result<RingChange> Revoke(KeyRing ring, Kid kid, string? reason, DateTimeOffset now)
    {
        if (ring.Find(kid) is not { } key)
            return Refusal.NotFound("signing key", kid.ToString());
        if (key.RevokedAt is { } revokedAt)
            return RingChange.None(ring, revokedAt);
        if (key.ExpiresAt <= now)
            return new Refusal(ErrorCode.Conflict, $"Signing key '{kid}' has already ended.");

        return Withdraw(ring, [Revoked(key, reason, now)], now, [Revocation(kid, reason)]) with { Urgent = true };
    }

    /// <summary>Revokes every key that has not ended.</summary>
    public static RingChange RevokeAll(KeyRing ring, string? reason, DateTimeOffset now)
    {
        var live = ring.Keys.Where(key => key.RevokedAt is null && key.ExpiresAt > now).ToArray();
        return Withdraw(ring, [.. live.Select(key => Revoked(key, reason, now))], now,
            [RingAudit.Ring(AuditAction.Revoke, ring.Id, ("reason", reason)), .. live.Select(key => Revocation(key.Kid, reason))])
            with { Urgent = true };
    }

    /// <summary>Puts withdrawn keys in the place of what they were. If the signing key is among them, the next one
    /// that is not signs at once.</summary>
    private static RingChange Withdraw(
        KeyRing ring, IReadOnlyList<SigningKey> withdrawn, DateTimeOffset now, IReadOnlyList<AuditDraft> audit)
    {
        var without = withdrawn.Aggregate(ring, (soFar, key) => soFar.Replace(key.WithoutPrivateKey(now)));
        if (ring.SignerAt(now) is not { } signer || withdrawn.All(key => key.Kid != signer.Kid))
            return new RingChange(without.Aligned(), [], audit, now);

        var (next, toMake, _) = SucceedNow(without, now);
        return new RingChange(next, toMake, [.. audit, .. Moves(without, next)], now);
    }

    private static (KeyRing Next, IReadOnlyList<KeyPlan> ToMake, DateTimeOffset At) SucceedNow(KeyRing ring, DateTimeOffset now)
    {
        // After a clock ran ahead and back, a key may be upcoming that could not take over from a younger one today.
        var signerTurn = ring.SignerAt(now)?.Turn ?? default;
        var successor = ring.UpcomingAt(now).FirstOrDefault(key => (now, key.Ordinal).CompareTo(signerTurn) > 0);
        return successor is null
            ? (ring, [KeyPlan.For(ring.Policy, KeyOrigin.Immediate, now, now)], now)
            : (BringForward(ring, successor, now, KeyOrigin.Immediate, now), [], now);
    }

    private static (KeyRing Next, IReadOnlyList<KeyPlan> ToMake, DateTimeOffset At) SucceedGracefully(KeyRing ring, DateTimeOffset now)
    {
        if (ring.UpcomingAt(now).FirstOrDefault() is not { } successor)
        {
            var safe = now + ring.Policy.SafeLead;
            return (ring, [KeyPlan.For(ring.Policy, KeyOrigin.Graceful, now, safe)], safe);
        }

        var at = Later(now, Earlier(successor.PublishedAt, now) + ring.Policy.SafeLead);
        return at < successor.SignsFrom
            ? (BringForward(ring, successor, at, KeyOrigin.Graceful, now), [], at)
            : (ring, [], successor.SignsFrom);
    }

    /// <summary>Lets <paramref name="key"/> sign from <paramref name="at"/>, and moves the keys after it as far as
    /// verifiers and the validity of their predecessors allow.</summary>
    private static KeyRing BringForward(KeyRing ring, SigningKey key, DateTimeOffset at, KeyOrigin origin, DateTimeOffset now)
    {
        var followers = ring.UpcomingAt(key.SignsFrom).ToArray();
        var shift = key.SignsFrom - at;
        var previous = Moved(key, at, origin, now);
        ring = ring.Replace(previous);
        foreach (var follower in followers)
        {
            var known = Earlier(follower.PublishedAt, now) + ring.Policy.SafeLead;
            var wanted = Later(follower.SignsFrom - shift, Earlier(known, follower.SignsFrom));
            var from = Earlier(wanted, previous.LastSignatureAt);
            if (from >= follower.SignsFrom)
                break;
            previous = Moved(follower, from, from >= known ? KeyOrigin.Graceful : KeyOrigin.Hurried, now);
            ring = ring.Replace(previous);
        }

        return ring.Aligned();
    }

    private static SigningKey Moved(SigningKey key, DateTimeOffset at, KeyOrigin origin, DateTimeOffset now)
    {
        var shift = key.SignsFrom - at;
        return key with
        {
            Origin = origin,
            PublishedAt = Earlier(key.PublishedAt, now),
            SignsFrom = at,
            SignsUntil = key.SignsUntil - shift,
            ExpiresAt = key.ExpiresAt - shift,
        };
    }

    /// <summary>What the log said about a key when it was made no longer holds for one that was brought forward.</summary>
    private static IEnumerable<AuditDraft> Moves(KeyRing before, KeyRing after) => after.Keys
        .Where(key => key.SignsFrom != before.Find(key.Kid)!.SignsFrom)
        .Select(RingAudit.Moved);

    private static SigningKey Revoked(SigningKey key, string? reason, DateTimeOffset now) =>
        key with { RevokedAt = now, Reason = reason ?? key.Reason };

    private static AuditDraft Revocation(Kid kid, string? reason) =>
        RingAudit.Key(AuditAction.Revoke, kid, ("reason", reason));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
