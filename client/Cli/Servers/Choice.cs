using System.Text.Json;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Input;

namespace Tumbler.Cli.Servers;

/// <summary>Reads an enumeration as the server writes it: <c>signing</c>, <c>RS256</c>.</summary>
internal sealed class Choice<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Known =
        Enum.GetValues<T>().ToDictionary(value => Names.SnakeCase(value), StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Known.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"This is no {typeof(T).Name} that is known here.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Names.SnakeCase(value));
}
