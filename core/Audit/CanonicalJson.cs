using System.Buffers;
using System.Text.Json;

namespace Tumbler.Core.Audit;

/// <summary>The JSON Canonicalization Scheme, RFC 8785: one document, one sequence of bytes.</summary>
public static class CanonicalJson
{
    /// <param name="document">One JSON value in UTF-8, at most 64 levels deep.</param>
    /// <exception cref="FormatException">Not JSON, or not I-JSON: a member named twice, a lone surrogate, a number
    /// beyond the range of a double.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document);
            return Of(parsed.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException("This is not a JSON document.", e);
        }
    }

    /// <inheritdoc cref="Of(ReadOnlyMemory{byte})"/>
    public static byte[] Of(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            Write(output, value);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // How JsonElement says that a string's bytes or escapes are no Unicode text.
            throw new FormatException("A string is not valid Unicode.", e);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                CanonicalText.Write(output, value.GetString());
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Write(output, value.GetDouble());
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            default:
                throw new ArgumentException("There is no JSON value here.", nameof(value));
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement value)
    {
        // §3.2.3: by UTF-16 code units, which is what an ordinal comparison of .NET strings does.
        var members = value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToArray();
        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
                throw new FormatException("A member is named twice.");
            if (i > 0)
                output.Write(","u8);
            CanonicalText.Write(output, members[i].Name);
            output.Write(":"u8);
            Write(output, members[i].Value);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            Write(output, item);
        }

        output.Write("]"u8);
    }
}
