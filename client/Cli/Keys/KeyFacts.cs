using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

/// <summary>A key, whole.</summary>
internal static class KeyFacts
{
    public static void Draw(Terminal terminal, KeyView key) => terminal.Facts(
        ("kid", key.Kid.ToString()),
        ("no", key.RotationCount),
        ("algorithm", key.Algorithm.ToString()),
        ("state", Cell.Of(key.State)),
        ("origin", Cell.Of(key.Origin)),
        ("published at", key.PublishedAt),
        ("signs from", key.ActivatesAt),
        ("signs until", key.SignsUntil),
        ("expires at", key.ExpiresAt));
}
