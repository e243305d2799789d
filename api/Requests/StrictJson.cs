using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;

namespace Tumbler.Api.Requests;

/// <summary>Reads the objects that requests are, and tells every way in which the bytes are none.</summary>
internal static class StrictJson
{
    public const int MaxDepth = 16;

    private const string Body = "body";

    public static Result<T> Read<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type)
    {
        if (bytes.IsEmpty)
            return Refusal.Invalid(Body, "required", "The request needs a JSON object as its body.");
        if (!Utf8.IsValid(bytes))
            return Refusal.Invalid(Body, "utf8", "The body is not valid UTF-8.");
        if (Malformed(bytes) is { } refusal)
            return refusal;

        var check = new InputCheck();
        CheckMembers(bytes, type, check);
        return check.Failed ? check.Refusal : JsonSerializer.Deserialize(bytes, type)!;
    }

    private static Refusal? Malformed(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Refusal.Invalid(Body, "object", "The body must be a JSON object.");
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
                    return Refusal.Invalid(Body, "depth", $"The body is nested more than {MaxDepth} levels deep.");
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }

            return null;
        }
        catch (JsonException error)
        {
            return Refusal.Invalid(Body, "json",
                $"The body is not well-formed JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair as an escape: well-formed by the grammar, but no text (RFC 8259 §8.2).
            return Refusal.Invalid(Body, "json", "The body has an escape that stands for half a character.");
        }
    }

    private static void CheckMembers(ReadOnlySpan<byte> bytes, JsonTypeInfo type, InputCheck check)
    {
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        CheckMembers(ref reader, "", type, check);
    }

    /// <param name="within">The object's own name with a dot; empty for the body.</param>
    private static void CheckMembers(ref Utf8JsonReader reader, string within, JsonTypeInfo type, InputCheck check)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var shown = $"{within}{ShownName.Of(name)}";
            if (!seen.Add(name))
                check.Add(shown, "duplicate_field", $"{shown} is given twice.");

            reader.Read();
            if (type.Properties.FirstOrDefault(property => property.Name == name) is { } property)
                CheckValue(ref reader, shown, property, check);
            else
                check.Add(shown, "unknown_field", $"{shown} is no field of this request.");
            reader.Skip();
        }
    }

    private static void CheckValue(ref Utf8JsonReader reader, string field, JsonPropertyInfo property, InputCheck check)
    {
        var type = property.PropertyType;
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (type == typeof(string))
            Require(reader.TokenType == JsonTokenType.String, "a string");
        else if (type == typeof(bool?))
            Require(reader.TokenType is JsonTokenType.True or JsonTokenType.False, "true or false");
        else if (type == typeof(int?))
            Require(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _), "a whole number");
        else if (type == typeof(JsonElement?))
            Require(reader.TokenType == JsonTokenType.StartObject, "an object");
        else if (type == typeof(IReadOnlyList<string>))
            CheckList(ref reader, field, check);
        else if (property.Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } members)
            CheckObject(ref reader, field, members, check);
        else
            throw new NotSupportedException($"Requests have no fields of type {type}.");

        void Require(bool holds, string what)
        {
            if (!holds)
                check.Add(field, "type", $"{field} must be {what}.");
        }
    }

    private static void CheckObject(ref Utf8JsonReader reader, string field, JsonTypeInfo type, InputCheck check)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            CheckMembers(ref reader, $"{field}.", type, check);
        else
            check.Add(field, "type", $"{field} must be an object.");
    }

    private static void CheckList(ref Utf8JsonReader reader, string field, InputCheck check)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            check.Add(field, "type", $"{field} must be a list of strings.");
            return;
        }

        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (reader.TokenType != JsonTokenType.String)
                check.Add($"{field}[{i}]", "type", $"{field}[{i}] must be a string.");
            reader.Skip();
        }
    }
}
