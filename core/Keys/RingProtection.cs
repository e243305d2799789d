using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Keys;

/// <summary>What the protection of private keys changes in a ring.</summary>
public static class RingProtection
{
    /// <summary>The ring with the same keys protected for others.</summary>
    /// <param name="rewrapped">The private half of each key as it is to be stored, in the place of the one it was made from.</param>
    /// <param name="recipients">For the log: the certificates' thumbprints.</param>
    public static RingChange Rewrap(
        KeyRing ring, IReadOnlyList<(SigningKey Key, ProtectedKey PrivateKey)> rewrapped, IReadOnlyList<string> recipients, DateTimeOffset now)
    {
        if (rewrapped.Count == 0)
            return RingChange.None(ring, now);

        var next = rewrapped.Aggregate(ring, (soFar, each) => soFar.Replace(each.Key with { PrivateKey = each.PrivateKey }));
        return new RingChange(next, [],
        [
            RingAudit.Ring(AuditAction.Update, ring.Id,
                ("private_keys", "rewrapped"), ("keys", rewrapped.Count.ToString()), ("recipients", string.Join(' ', recipients))),
        ],
        now);
    }

    /// <summary>The log's word, in the default ring's chain, that all rings were gone through.</summary>
    public static RingChange Rewrapped(
        KeyRing ring, long rewrapped, long alreadyCurrent, long failed, IReadOnlyList<string> recipients, DateTimeOffset now) =>
        new(ring, [],
        [
            RingAudit.Config(AuditAction.Execute, "protection",
                ("private_keys", "rewrapped"), ("keys", rewrapped.ToString()), ("already_current", alreadyCurrent.ToString()),
                ("failed", failed.ToString()), ("recipients", string.Join(' ', recipients))),
        ],
        now);
}
