using System.Text.Json;

namespace Tumbler.Stories.Tests.Foreign;

/// <param name="Error">The foreign library's own words when it refused.</param>
internal sealed record Verdict(bool Ok, string? Error)
{
    public static Verdict Of(JsonElement answer) => new(
        answer.GetProperty("ok").GetBoolean(),
        answer.TryGetProperty("error", out var error) ? error.GetString() : null);
}
