using System.Text.Json;

namespace Tumbler.Stories.Tests.Watching;

/// <summary>A JWKS as some verifier has it.</summary>
/// <param name="Before">The server's time just before it was fetched.</param>
/// <param name="After">The server's time just after it was fetched.</param>
internal sealed record JwksCopy(string Text, DateTimeOffset Before, DateTimeOffset After)
{
    public IReadOnlyList<string> Kids { get; } =
        [.. JsonElement.Parse(Text).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
}
