using System.Text.Json;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Calls;

namespace Tumbler.Grains.Wire;

/// <summary>A result between silos: <c>{"Value": …}</c> or <c>{"Refusal": …}</c>.</summary>
internal sealed class ResultConverter<T> : JsonConverter<Result<T>>
{
    public override Result<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var form = JsonSerializer.Deserialize<Form>(ref reader, options);
        Result<T> result = form!.Refusal is { } refusal ? refusal : form.Value!;
        return result.With(form.Spread);
    }

    public override void Write(Utf8JsonWriter writer, Result<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Form(value.Value, value.Refusal, value.Spread), options);

    private sealed record Form(T? Value, Refusal? Refusal, Spread? Spread);
}
