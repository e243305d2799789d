using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tumbler.Contracts.Json;

/// <summary>Reads and writes ids as JSON strings.</summary>
public sealed class WireTextConverter<T> : JsonConverter<T> where T : struct, IWireText<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"This is no {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
