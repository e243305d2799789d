using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

/// <summary>What a command on a ring led to: the ring's status, and from when on it holds.</summary>
internal sealed record RotationView(
    RingId Ring,
    Kid? SigningKid,
    int ActiveKeys,
    DateTimeOffset? NextTransitionAt,
    LastRotation? LastRotation,
    DateTimeOffset EffectiveAt)
{
    public static void Draw(Terminal terminal, RotationView view) => terminal.Facts(
        ("ring", view.Ring.Value),
        ("effective at", view.EffectiveAt),
        ("signing kid", view.SigningKid?.ToString()),
        ("keys", view.ActiveKeys),
        ("next switch", view.NextTransitionAt));
}
