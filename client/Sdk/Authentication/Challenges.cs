using Microsoft.Extensions.Primitives;

namespace Tumbler.Client.Authentication;

/// <summary>What <c>WWW-Authenticate</c> says (RFC 9110 §11.6.1, RFC 6750 §3).</summary>
internal static class Challenges
{
    // A challenge needs a parameter (RFC 6750 §3).
    private const string Realm = "realm=\"tumbler\"";

    /// <param name="error">Null when nothing was presented: then nothing is said about what was wrong (RFC 6750 §3.1).</param>
    public static StringValues Of(TumblerModes mode, string? error)
    {
        var all = new List<string>();
        if (mode.HasFlag(TumblerModes.Jwt))
            all.Add(error is null ? $"Bearer {Realm}" : $"Bearer {Realm}, error=\"{error}\"");
        if (mode.HasFlag(TumblerModes.ApiKey))
            all.Add($"ApiKey {Realm}");

        // No registered scheme: there is none for what is settled before HTTP begins.
        if (all.Count == 0)
            all.Add($"Certificate {Realm}");
        return new StringValues([.. all]);
    }

    public static string InsufficientScope(string scopes) => $"Bearer {Realm}, error=\"insufficient_scope\", scope=\"{scopes}\"";
}
