using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Drawing;

/// <summary>What a key was and will be, and when: the instants of its record, cut short by whatever ended it earlier.</summary>
internal readonly record struct KeyLife(DateTimeOffset Published, DateTimeOffset SignsFrom, DateTimeOffset SignsUntil, DateTimeOffset End, bool Revoked)
{
    /// <param name="now">A key that has to sign past its plan, for want of another, signs until now at least.</param>
    public static KeyLife Of(KeyView key, DateTimeOffset now)
    {
        var end = Earlier(key.ExpiresAt, key.RevokedAt);
        // One whose private key was destroyed before its turn never signs: it came in to verify only, or was tainted.
        var until = key.State == KeyState.Signing && key.SignsUntil < now ? now : key.SignsUntil;
        until = Earlier(Earlier(Earlier(until, key.TaintedAt), key.PrivateKeyDestroyedAt), end);
        var from = until < key.ActivatesAt ? until : key.ActivatesAt;
        return new KeyLife(key.PublishedAt, from, until, end, key.RevokedAt is not null);
    }

    public bool Signs => SignsFrom < SignsUntil;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}
