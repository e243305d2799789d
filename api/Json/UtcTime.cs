using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tumbler.Api.Json;

/// <summary>RFC 3339 in UTC, always with milliseconds and <c>Z</c>, so that times can be compared as text.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    private const string Shape = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Times in requests are strings, so that a bad one is an error that names its field.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));

    public static string Text(DateTimeOffset value) => value.UtcDateTime.ToString(Shape, CultureInfo.InvariantCulture);
}
