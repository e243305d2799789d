using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Keys;

/// <summary>How a ring looks to the people who run it.</summary>
public static class RingReport
{
    public static RingStatus Status(KeyRing ring, DateTimeOffset now, string? lastFailure)
    {
        var signer = ring.SignerAt(now);
        var next = ring.UpcomingAt(now).FirstOrDefault();
        return new RingStatus(
            ring.Id,
            signer?.Kid,
            signer is null ? null : (now - signer.SignsFrom).TotalSeconds,
            ring.PublishedAt(now).Length,
            ring.RotationsBy(now),
            next?.SignsFrom,
            next is null ? null : Math.Round((next.SignsFrom - now).TotalHours, 3),
            signer is null ? null : new LastRotation(signer.SignsFrom, signer.Origin),
            lastFailure);
    }

    public static RingPolicyView Policy(RingPolicy policy, bool fromConfiguration) => new(
        policy.Algorithm,
        policy.RsaBits,
        Duration.Format(policy.Interval),
        Duration.Format(policy.Validity),
        Duration.Format(policy.Lead),
        policy.AllowShortLead,
        Duration.Format(policy.MaxTokenLifetime),
        fromConfiguration);

    /// <summary>Every key the ring knows of, newest first.</summary>
    public static IReadOnlyList<KeyView> Keys(KeyRing ring, DateTimeOffset now)
    {
        var signer = ring.SignerAt(now);
        return [.. ring.Keys.Reverse().Select(key => View(key, State(key, signer, now)))];
    }

    private static KeyState State(SigningKey key, SigningKey? signer, DateTimeOffset now) =>
        key.RevokedAt is not null ? KeyState.Revoked
        : now >= key.ExpiresAt ? KeyState.Expired
        : key == signer ? KeyState.Signing
        : key.ShownFrom > now ? KeyState.Prepared
        : key.MaySign && key.SignsFrom > now ? KeyState.Published
        : KeyState.Retired;

    private static KeyView View(SigningKey key, KeyState state) => new(
        key.Kid,
        key.PublicKey.Algorithm,
        key.Ordinal,
        key.Origin,
        state,
        Active: state is KeyState.Published or KeyState.Signing or KeyState.Retired,
        key.CreatedAt,
        key.PublishedAt,
        key.SignsFrom,
        key.SignsUntil,
        key.ExpiresAt,
        key.TaintedAt,
        key.RevokedAt,
        key.Reason,
        key.PrivateKeyDestroyedAt);
}
