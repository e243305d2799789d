using System.Text.Json;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Input;

namespace Tumbler.Api.Json;

internal sealed class SnakeCase<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Choices in requests are strings, so that a bad one is an error that names its field.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Names.SnakeCase(value));
}
