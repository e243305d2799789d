using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Keys;

/// <summary>What is due in a ring. Level-triggered: it looks at what is, not at what happened, so a lost, late or
/// doubled tick changes nothing but the time at which it is noticed.</summary>
public static class KeySchedule
{
    /// <summary>Keys are made at least this long before they must be published, so that a slow tick delays no publication.</summary>
    public static readonly TimeSpan PreparationMargin = TimeSpan.FromHours(1);

    /// <summary>Nodes whose clocks differ by less than the 30 s they are allowed agree that the successor signs.</summary>
    public static readonly TimeSpan NodeSkew = TimeSpan.FromMinutes(1);

    /// <summary>A month of the default rotation, for status and pictures.</summary>
    public const int EndedKeysKept = 30;

    public static IReadOnlyList<KeyStep> Due(KeyRing ring, DateTimeOffset now) =>
        [.. Makes(ring, now), .. Destructions(ring, now), .. Forgettings(ring, now)];

    /// <summary>How long nothing will be due, from now on. Exact, because who looks and finds nothing to do has to look again.</summary>
    public static QuietTime QuietAfter(KeyRing ring, DateTimeOffset now)
    {
        if (IsDue(ring, now))
            return QuietTime.None;
        var margin = ring.Policy.Lead + MarginOf(ring.Id, ring.Policy);

        // At no other instants can anything begin to be due; at most of them nothing does.
        var until = ring.Keys
            .SelectMany(key => (DateTimeOffset[])
                [key.SignsUntil - margin, key.SignsFrom + NodeSkew, key.LastSignatureAt.AddTicks(1) + NodeSkew, key.LastSignatureAt.AddTicks(1), key.ExpiresAt])
            .Where(instant => instant > now)
            .Order()
            .FirstOrDefault(instant => IsDue(ring, instant), now);
        return new QuietTime(now, WholeMilliseconds(until));
    }

    /// <summary>How long before its publication a key is made. By up to half an interval earlier than it must be, each ring by
    /// an amount of its own, so that rings that were made together do not all make their keys together.</summary>
    public static TimeSpan MarginOf(RingId ring, RingPolicy policy)
    {
        var share = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(ring.Value))) / (double)uint.MaxValue;
        return PreparationMargin + policy.Interval / 2 * share;
    }

    private static bool IsDue(KeyRing ring, DateTimeOffset now) =>
        Makes(ring, now).Any() || Destructions(ring, now).Any() || Forgettings(ring, now).Any();

    /// <summary>Walks the chain of keys from the one that signs and plans a key wherever it would break or end
    /// within the lead.</summary>
    private static IEnumerable<KeyStep.Make> Makes(KeyRing ring, DateTimeOffset now)
    {
        var policy = ring.Policy;
        var margin = MarginOf(ring.Id, policy);
        var tooLate = ring.Keys.IsEmpty ? KeyOrigin.Bootstrap : KeyOrigin.Hurried;
        var upcoming = new Queue<SigningKey>(ring.UpcomingAt(now));

        Link tail;
        if (ring.SignerAt(now) is { } signer)
        {
            tail = Link.Of(signer);
        }
        else
        {
            var first = KeyPlan.For(policy, tooLate, now, now);
            yield return new KeyStep.Make(first);
            tail = Link.Of(first);
        }

        while (true)
        {
            if (upcoming.TryPeek(out var next) && next.SignsFrom <= tail.LastSignatureAt)
            {
                tail = Link.Of(upcoming.Dequeue());
                continue;
            }

            if (tail.SignsUntil - policy.Lead - margin > now)
                yield break;

            var successor = Successor(policy, tail, tooLate, now);
            yield return new KeyStep.Make(successor);
            tail = Link.Of(successor);
        }
    }

    /// <summary>Signing goes on with the old key until the new one has been published for its lead, if the old one
    /// lasts that long. If not, the new key signs when the old one was to stop, and everybody is told.</summary>
    private static KeyPlan Successor(RingPolicy policy, Link tail, KeyOrigin tooLate, DateTimeOffset now)
    {
        var published = Later(now, tail.SignsUntil - policy.Lead);
        var known = published + policy.Lead;
        return known <= tail.LastSignatureAt
            ? KeyPlan.For(policy, KeyOrigin.Scheduled, published, known)
            : KeyPlan.For(policy, tooLate, published, Later(now, tail.SignsUntil));
    }

    private static IEnumerable<KeyStep.DestroyPrivate> Destructions(KeyRing ring, DateTimeOffset now)
    {
        // One minute back, everybody's signer was this key or a later one.
        var settled = ring.SignerAt(now - NodeSkew);
        foreach (var key in ring.Keys.Where(key => key.MaySign))
        {
            if (settled is not null && settled.Turn.CompareTo(key.Turn) > 0)
                yield return new KeyStep.DestroyPrivate(key.Kid, settled.Kid);
            else if (key.LastSignatureAt < now - NodeSkew)
                yield return new KeyStep.DestroyPrivate(key.Kid, null);
        }
    }

    /// <summary>Never a revoked one: whoever has a copy of it could bring it in again.</summary>
    private static IEnumerable<KeyStep.Forget> Forgettings(KeyRing ring, DateTimeOffset now) => ring.Keys
        .Where(key => key.ExpiresAt <= now && key.RevokedAt is null)
        .SkipLast(EndedKeysKept)
        .Select(key => new KeyStep.Forget(key.Kid));

    /// <summary>Clocks are read in these: what is due from an instant on is due at the first whole one.</summary>
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset instant) =>
        new((instant.UtcTicks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>What the chain needs to know of a key, made or planned.</summary>
    private readonly record struct Link(DateTimeOffset SignsUntil, DateTimeOffset LastSignatureAt)
    {
        public static Link Of(SigningKey key) => new(key.SignsUntil, key.LastSignatureAt);

        public static Link Of(KeyPlan plan) => new(plan.SignsUntil, plan.LastSignatureAt);
    }
}
