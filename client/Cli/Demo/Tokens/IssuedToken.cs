using System.Buffers.Text;
using System.Text.Json;

namespace Tumbler.Cli.Demo.Tokens;

/// <summary>An access token, and what a curious client can read in it.</summary>
internal sealed record IssuedToken(string Text, string Kid, DateTimeOffset ExpiresAt)
{
    /// <summary>What verifiers allow clocks to differ by.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public static IssuedToken Parse(string text)
    {
        var parts = text.Split('.');
        return new IssuedToken(
            text,
            Json(parts[0]).GetProperty("kid").GetString()!,
            DateTimeOffset.FromUnixTimeSeconds(Json(parts[1]).GetProperty("exp").GetInt64()));
    }

    /// <summary>Of a token that its issuer stands by.</summary>
    /// <param name="answered">When the answer was there.</param>
    /// <param name="error">How far off that time may be.</param>
    public Worth WorthUntil(DateTimeOffset answered, TimeSpan error) => ExpiresAt > answered + error ? Worth.Good : Worth.Undecided;

    /// <summary>No verifier accepts it any more.</summary>
    public bool IsOver(DateTimeOffset now, TimeSpan error) => ExpiresAt + Skew + error < now;

    private static JsonElement Json(string part) => JsonElement.Parse(Base64Url.DecodeFromChars(part));
}
