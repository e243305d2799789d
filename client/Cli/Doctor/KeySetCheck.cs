using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether the key set that verifiers get has the keys that it must have.</summary>
internal static class KeySetCheck
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.KeySet is not { } set)
            return [];
        if (set.Problem is { } problem)
        {
            return
            [
                Finding.Failure(
                    "jwks-broken", $"The key set {problem}.", "Nobody can verify a token.", "Let the gateway pass on everything under /.well-known/ as it is."),
            ];
        }

        if (set.Kids.Count == 0)
        {
            return
            [
                Finding.Failure(
                    "jwks-empty", "The key set has no keys.", "Nobody can verify a token.",
                    "This server never publishes an empty set: look at what the gateway answers in its place, then at /health/ready of the server itself."),
            ];
        }

        return Missing(facts, set).Concat(Successor(facts, set));
    }

    private static IEnumerable<Finding> Missing(Facts facts, KeySetFacts set)
    {
        if (facts.Keys.FirstOrDefault(key => key.State == KeyState.Signing) is { } signing && !set.Kids.Contains(signing.Kid.ToString()))
        {
            yield return Finding.Failure(
                "jwks-stale", $"The key that signs, {signing.Kid}, is not in the key set that verifiers get.",
                "New tokens are refused everywhere. Something between keeps an old key set.",
                "Empty the gateway's or CDN's cache for /.well-known/jwks.json, and let it obey Cache-Control.");
        }
    }

    private static IEnumerable<Finding> Successor(Facts facts, KeySetFacts set)
    {
        const string Why = "At the next switch verifiers that keep key sets, for up to 12.6 h, don't know the new key and refuse its tokens.";
        if (facts.Keys.Count == 0)
        {
            if (set.Kids.Count == 1)
            {
                yield return Finding.Warning(
                    "no-successor", "The key set has one key only.", Why,
                    "Look with an administrator's credential (`tumbler login`): where keys are published for less than a whole period before they sign, it may be right.");
            }
        }
        else if (!facts.Keys.Any(key => key is { State: KeyState.Published, Active: true }) && IsDue(facts))
        {
            yield return Finding.Failure(
                "no-successor", "The key that will sign next is not published.", Why,
                "`tumbler rings show default` says why the next key could not be prepared; the server's log has the rest.");
        }
    }

    /// <summary>A key is published one lead before it signs, give or take a tick of the schedule.</summary>
    private static bool IsDue(Facts facts)
    {
        var policy = facts.Rings.FirstOrDefault(ring => ring.Ring == RingId.Default)?.Policy;
        return facts.Keys.FirstOrDefault(key => key.State == KeyState.Signing) is not { } signing
            || policy is null
            || !Duration.TryParse(policy.Lead, out var lead)
            || signing.SignsUntil - lead + Tick < (facts.Clock?.Own ?? facts.Now);
    }
}
