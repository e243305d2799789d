using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Keys;

/// <summary>A private key on its way out of a ring, or a key on its way in.</summary>
public static class KeyTransfer
{
    /// <summary>Tokens that somebody signed elsewhere live no longer, and a key whose copies nobody counts should not either.</summary>
    public static readonly TimeSpan LongestValidity = TimeSpan.FromDays(366);

    /// <summary>Changes nothing but the log.</summary>
    public static Result<RingChange> Export(KeyRing ring, Kid kid, KeyFormat format, DateTimeOffset now) =>
        Exportable(ring, kid).Map(_ => new RingChange(ring, [],
            [RingAudit.Key(AuditAction.Execute, kid, ("operation", "export"), ("format", Names.SnakeCase(format)))], now));

    /// <summary>The key, if it still has a private half.</summary>
    public static Result<SigningKey> Exportable(KeyRing ring, Kid kid)
    {
        if (ring.Find(kid) is not { } key)
            return Refusal.NotFound("signing key", kid.ToString());
        return key.MaySign
            ? key
            : new Refusal(ErrorCode.Conflict, $"Signing key '{kid}' has no private half any more; it never signs again.");
    }

    /// <summary>Published at once. One that signs takes over at once as well, and the ring's next key follows it at the instant
    /// that verifiers were promised; one that does not leaves its private half behind.</summary>
    public static Result<RingChange> Import(KeyRing ring, ImportedKey imported, DateTimeOffset now)
    {
        var publicKey = imported.Material.PublicKey;
        if (ring.Find(publicKey.Kid) is not null)
            return new Refusal(ErrorCode.AlreadyExists, $"There is a signing key '{publicKey.Kid}' in this ring already.");
        if (Holder(ring, publicKey.Thumbprint()) is { } holder)
            return new Refusal(ErrorCode.AlreadyExists, $"This key is in this ring already, as '{holder.Kid}'.");
        if (!Expiry(ring.Policy, imported, now).TryGet(out var expiresAt, out var refusal))
            return refusal;

        var signsFrom = imported.Signs ? now : expiresAt;
        var plan = new KeyPlan(
            KeyOrigin.Imported, publicKey.Algorithm, RsaBits: null, now, signsFrom,
            imported.Signs ? now + ring.Policy.Interval : expiresAt, expiresAt);
        var next = imported.Signs ? ring.Add(plan, imported.Material, now) : ring.AddVerifying(plan, publicKey, now);
        return new RingChange(next, [], [.. Takeover(ring, imported, now), RingAudit.Made(next.Keys[^1], ("signs", imported.Signs ? "true" : "false"))], now);
    }

    /// <summary>The key with this thumbprint, whatever its id.</summary>
    public static SigningKey? Holder(KeyRing ring, ReadOnlySpan<byte> thumbprint)
    {
        foreach (var key in ring.Keys)
        {
            if (key.PublicKey.Thumbprint().AsSpan().SequenceEqual(thumbprint))
                return key;
        }

        return null;
    }

    private static Result<DateTimeOffset> Expiry(RingPolicy policy, ImportedKey imported, DateTimeOffset now)
    {
        const string field = "expires_at";
        var usual = now + policy.Validity;
        if (imported.ExpiresAt is not { } expiresAt)
            return imported.Signs ? usual : Refusal.Invalid(field, "required", "expires_at is required for a key that does not sign.");
        if (expiresAt > now + LongestValidity)
            return Refusal.Invalid(field, "too_late", $"expires_at must be at most {LongestValidity.TotalDays} days from now.");
        if (imported.Signs && expiresAt < usual)
            return Refusal.Invalid(field, "too_early", $"expires_at of a key that signs must be at least the ring's validity, {Duration.Format(policy.Validity)}, from now.");
        return expiresAt > now ? expiresAt : Refusal.Invalid(field, "future_time", "expires_at must be in the future.");
    }

    private static IEnumerable<AuditDraft> Takeover(KeyRing ring, ImportedKey imported, DateTimeOffset now) => imported.Signs
        ? [RingAudit.Ring(AuditAction.Rotate, ring.Id, ("mode", "import"), ("effective_at", AuditForm.Time(now)))]
        : [];
}
