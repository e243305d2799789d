using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tumbler.Core.Tokens;

namespace Tumbler.Storage.Rows;

/// <summary>A public key in the one form that it has everywhere (RFC 7517).</summary>
internal sealed class JwkConverter : JsonConverter<Jwk>
{
    public override Jwk Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Jwk.TryParse(JsonMarshal.GetRawUtf8Value(document.RootElement), out var jwk)
            ? jwk
            : throw new JsonException("This is no public JWK that the product uses.");
    }

    public override void Write(Utf8JsonWriter writer, Jwk value, JsonSerializerOptions options) => value.WriteTo(writer);
}
