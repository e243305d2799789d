using System.Buffers;
using System.Text.Json;

namespace Tumbler.Core.Tokens;

/// <summary>A JWK Set (RFC 7517 §5) of the product's own keys.</summary>
public static class JwkSet
{
    /// <returns><c>{"keys":[…]}</c> in UTF-8, the keys in the given order.</returns>
    public static byte[] Write(IEnumerable<Jwk> keys)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys)
                key.WriteTo(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The keys in their order. One bad key or one <c>kid</c> twice refuses the whole set: it is not ours then.</summary>
    /// <exception cref="FormatException">No such JWK Set.</exception>
    public static IReadOnlyList<Jwk> Parse(ReadOnlySpan<byte> utf8)
    {
        if (!StrictJson.TryParseObject(utf8.ToArray(), out var document))
            throw NoJwkSet();

        using (document)
        {
            if (!document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
                throw NoJwkSet();

            var jwks = keys.EnumerateArray().Select(Read).ToList();
            return jwks.DistinctBy(jwk => jwk.Kid).Count() == jwks.Count ? jwks : throw NoJwkSet();
        }
    }

    private static Jwk Read(JsonElement key) =>
        key.ValueKind == JsonValueKind.Object && JwkReader.TryRead(key, out var jwk) ? jwk : throw NoJwkSet();

    private static FormatException NoJwkSet() => new("This is no JWK Set of keys that the product uses.");
}
