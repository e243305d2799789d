using Tumbler.Cli.Terminals;
using Tumbler.Contracts.ApiKeys;

namespace Tumbler.Cli.ApiKeys;

/// <summary>An API key, whole, without the key.</summary>
internal static class ApiKeyFacts
{
    public static void Draw(Terminal terminal, ApiKeyView key) => terminal.Facts(
        ("id", key.Id.ToString()),
        ("name", key.Name),
        ("state", StateOf(key)),
        ("fingerprint", key.Fingerprint),
        ("scopes", Cell.Of(key.Scopes)),
        ("audiences", Cell.Of(key.Audiences)),
        ("addresses", Cell.Of(key.AllowedAddresses)),
        ("rate limit", LimitOf(key.RateLimit)),
        ("created at", key.CreatedAt),
        ("expires at", key.ExpiresAt),
        ("revoked at", key.RevokedAt),
        ("last used", key.LastUsedAt));

    public static Cell StateOf(ApiKeyView key) => Cell.Of(key.State, key.State switch
    {
        ApiKeyState.Active => Cell.Good,
        ApiKeyState.Retiring => Cell.Warning,
        _ => Cell.Quiet,
    });

    public static Cell LimitOf(RateLimit? limit) => limit is { Limit: { } times, Window: { } window } ? $"{times}/{window}" : "-";
}
