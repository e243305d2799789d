using System.Text.Json;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Calls;

namespace Tumbler.Grains.Wire;

internal sealed class ResultConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Result<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ResultConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}
