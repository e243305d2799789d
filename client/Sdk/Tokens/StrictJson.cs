using System.Text.Json;
using System.Text.Unicode;

namespace Tumbler.Client.Tokens;

/// <summary>JSON that nobody can read in two ways: one value, UTF-8, no name twice in an object.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Null for what is no such JSON, or no object.</summary>
    public static JsonDocument? ReadObject(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            if (!Utf8.IsValid(utf8.Span))
                return null;
            var document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a name is the second one.
        }

        return null;
    }

    /// <summary>Null when it is no text.</summary>
    public static string? AsText(this JsonElement value)
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

    /// <summary>Null when there is no such member, or it is no text.</summary>
    public static string? TextOf(this JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member.AsText() : null;

    /// <summary>Letter by letter; false for what is no text.</summary>
    public static bool Says(this JsonElement value, string text)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
