using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether verifiers have time to learn a key before it signs.</summary>
internal static class LeadCheck
{
    private const string Unknown = "Verifiers that keep key sets for up to 12.6 h don't know a key then, and refuse its tokens.";

    public static IEnumerable<Finding> Of(Facts facts) => facts.Rings.SelectMany(OfPolicy).Concat(OfKeys(facts));

    private static IEnumerable<Finding> OfPolicy(RingView ring)
    {
        if (Duration.TryParse(ring.Policy.Lead, out var lead) && lead < RingLead.Safe)
        {
            yield return Finding.Warning(
                "lead-short", $"Ring {ring.Ring}: keys are published {ring.Policy.Lead} before they sign.", Unknown,
                ring.Policy.FromConfiguration
                    ? $"Take Rings:{ring.Ring}:Lead out of the settings, or give it 13h or more."
                    : $"`tumbler rings put {ring.Ring} --lead 24h`, unless all verifiers are known to ask more often.");
        }
    }

    /// <summary>The default ring's keys, whatever its policy says.</summary>
    private static IEnumerable<Finding> OfKeys(Facts facts)
    {
        var now = facts.Clock?.Own ?? facts.Now;
        foreach (var key in facts.Keys.Where(key => key.Active && key.Origin is not (KeyOrigin.Bootstrap or KeyOrigin.Imported)))
        {
            var (lead, known) = (key.ActivatesAt - key.PublishedAt, key.PublishedAt + RingLead.Safe);

            // What the policy says is told above; this is for a key that had less than others.
            if (lead >= RingLead.Safe || now >= known || IsPolicy(facts, lead))
                continue;
            if (key.State == KeyState.Signing)
            {
                yield return Finding.Warning(
                    "key-unannounced", Invariant($"The key that signs, {key.Kid}, was published {Duration.Format(Max(lead))} before it began ({Names.SnakeCase(key.Origin)})."),
                    Unknown, Invariant($"Nothing, if it was meant: from {known.UtcDateTime:yyyy-MM-dd HH:mm} UTC on every verifier knows it. Services that use Tumbler's SDK fetch it by themselves."));
            }
            else if (key.State == KeyState.Published)
            {
                yield return Finding.Warning(
                    "lead-left-short", Invariant($"The next key, {key.Kid}, was published {Duration.Format(Max(lead))} before it will sign, at {key.ActivatesAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC."),
                    Unknown, "`tumbler keys list` shows why; the server's log of that time has the rest. Let the server run all the time, or start it at least once a day.");
            }
        }
    }

    private static bool IsPolicy(Facts facts, TimeSpan lead) => facts.Rings.Any(ring =>
        ring.Ring == RingId.Default && Duration.TryParse(ring.Policy.Lead, out var policy) && policy < RingLead.Safe && lead >= policy);

    private static TimeSpan Max(TimeSpan lead) => lead < TimeSpan.Zero ? TimeSpan.Zero : lead;
}
