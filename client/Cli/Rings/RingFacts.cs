using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Rings;

/// <summary>A ring, whole.</summary>
internal static class RingFacts
{
    public static void Draw(Terminal terminal, RingView ring)
    {
        var (policy, status) = (ring.Policy, ring.Status);
        terminal.Facts(
            ("ring", ring.Ring.Value),
            ("issuer", ring.Issuer),
            ("created at", ring.CreatedAt),
            ("algorithm", policy.RsaBits is { } bits ? $"{policy.Algorithm}, {bits} bits" : policy.Algorithm.ToString()),
            ("interval", policy.Interval),
            ("validity", policy.Validity),
            ("lead", policy.AllowShortLead ? $"{policy.Lead}, short ones are allowed" : policy.Lead),
            ("tokens live", $"{policy.MaxTokenLifetime} at most"),
            ("policy from", policy.FromConfiguration ? "the configuration" : "requests"),
            ("signing kid", status.SigningKid is { } kid ? kid.ToString() : new Cell("none", Cell.Bad)),
            ("keys", status.ActiveKeys),
            ("rotations", status.RotationCount),
            ("next switch", status.NextTransitionAt),
            ("last switch", status.LastRotation is { } last ? $"{Terminal.Time(last.At)}, {Cell.Of(last.Outcome).Text}" : "-"),
            ("last failure", status.LastFailure is { } why ? new Cell(why, Cell.Bad) : "-"),
            ("owner", ring.Owner));
    }
}
