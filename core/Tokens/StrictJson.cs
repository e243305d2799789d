using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Tumbler.Core.Tokens;

/// <summary>JSON that two readers cannot understand differently (RFC 7515 §4 and §10.12).</summary>
internal static class StrictJson
{
    // Nothing of ours is deeper than three; what is nested without need is refused before it costs anything.
    private const int MaxDepth = 8;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>One object without a member twice at any depth, and nothing after it.</summary>
    public static bool TryParseObject(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        if (!Utf8.IsValid(utf8.Span))
            return false;

        try
        {
            document = JsonDocument.Parse(utf8, Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second one comes from unpaired surrogates in member names.
            return false;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return true;

        document.Dispose();
        document = null;
        return false;
    }

    /// <summary>The text of a JSON string; null for anything else, or an unpaired surrogate in it.</summary>
    public static string? Text(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a member; null when it is missing or no string.</summary>
    public static string? Text(this JsonElement value, string member) =>
        value.TryGetProperty(member, out var found) ? found.Text() : null;
}
