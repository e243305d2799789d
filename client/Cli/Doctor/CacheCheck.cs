using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether the headers of the key set reach clients as the server wrote them.</summary>
internal static class CacheCheck
{
    /// <summary>What the server says.</summary>
    private static readonly TimeSpan Served = TimeSpan.FromMinutes(5);

    /// <summary>A key that was revoked stays in caches for so long; more than an hour is nobody's intention.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.KeySet is not { Problem: null } set)
            yield break;

        var kept = set.MaxAge ?? TimeSpan.Zero;
        if (set.Age > kept)
            kept = set.Age.Value;
        if (kept > Longest || kept > ShortestLead(facts))
        {
            yield return Finding.Failure(
                "jwks-cached-too-long", Invariant($"The key set may be kept for {Duration.Format(kept)}; the server says {Duration.Format(Served)}."),
                "A revoked key goes on being trusted for so long, and a new one is unknown when it begins to sign before that.",
                "Take the rule that changes Cache-Control or Expires for /.well-known/ out of the gateway or CDN.");
        }
        else if (set.ForbidsCaches || set.MaxAge is null || kept > Served || !set.HasETag)
        {
            yield return Finding.Warning(
                "jwks-headers-changed", $"The key set comes {What(set, kept)}; the server sends Cache-Control: public, max-age=300 and an ETag.",
                "Verifiers ask for it more often than they need to, or keep it longer than it was meant.",
                "Let the gateway pass on Cache-Control and ETag of /.well-known/ as they are.");
        }
    }

    private static string What(KeySetFacts set, TimeSpan kept) =>
        set.ForbidsCaches ? "with a header that forbids keeping it"
        : set.MaxAge is null ? "without max-age"
        : kept > Served ? $"with {Duration.Format(kept)} to keep it"
        : "without ETag";

    private static TimeSpan ShortestLead(Facts facts) => facts.Rings
        .Select(ring => Duration.TryParse(ring.Policy.Lead, out var lead) ? lead : RingLead.Safe)
        .DefaultIfEmpty(RingLead.Safe)
        .Min();
}
