using Tumbler.Core.Tokens;

namespace Tumbler.Core.Revocations;

/// <summary>A withdrawal as everybody has to hear of it, or the end of one.</summary>
/// <param name="Until">From then on no token can rest on it, and it may be forgotten.</param>
/// <param name="Lifted">It is withdrawn no longer; who has heard that it was must hear of this as well.</param>
public sealed record Revocation(RevocationSubject Subject, DateTimeOffset Until, bool Lifted = false)
{
    /// <summary>How long a token that was issued a moment before is taken by anybody.</summary>
    public static readonly TimeSpan LongestRest = TokenLifetime.Maximum + TokenLifetime.VerifierSkew;

    /// <summary>An instant may be the end of time itself.</summary>
    public static DateTimeOffset After(DateTimeOffset instant, TimeSpan time) =>
        time > DateTimeOffset.MaxValue - instant ? DateTimeOffset.MaxValue : instant + time;
}
