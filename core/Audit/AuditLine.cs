using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;

namespace Tumbler.Core.Audit;

/// <summary>Reads the lines of an export. A line is what <see cref="AuditForm.Line"/> writes, byte for byte, or it is none: two
/// spellings of one entry would be room to hide something.</summary>
public static class AuditLine
{
    private const string TimeShape = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly FrozenDictionary<string, AuditAction> Actions = ByName<AuditAction>(Names.UpperSnakeCase);
    private static readonly FrozenDictionary<string, AuditResource> Resources = ByName<AuditResource>(Names.UpperSnakeCase);
    private static readonly FrozenDictionary<string, AuditStatus> Statuses = ByName<AuditStatus>(Names.UpperSnakeCase);
    private static readonly FrozenDictionary<string, ActorType> ActorTypes = ByName<ActorType>(Names.SnakeCase);

    /// <param name="line">Without the line feed.</param>
    /// <returns>Null when this is no line of ours.</returns>
    public static AuditEntry? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var entry = Read(json.RootElement);
            return AuditForm.Line(entry).AsSpan().SequenceEqual(line.Span) ? entry : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            // How the parts of a document say that they are missing or of another type.
            return null;
        }
    }

    private static AuditEntry Read(JsonElement line)
    {
        var actor = line.GetProperty("actor");
        return new AuditEntry(
            Text(line, "chain"),
            line.GetProperty("seq").GetInt64(),
            DateTimeOffset.ParseExact(
                Text(line, "time"), TimeShape, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            line.GetProperty("org").GetString(),
            new Actor(ActorTypes[Text(actor, "type")], Text(actor, "id")),
            Actions[Text(line, "action")],
            Resources[Text(line, "resource_type")],
            Text(line, "resource_id"),
            Statuses[Text(line, "status")],
            Text(line, "request_id"),
            Text(line, "source"),
            line.GetProperty("details").EnumerateObject().ToImmutableSortedDictionary(
                detail => detail.Name, detail => detail.Value.GetString() ?? throw new FormatException("A detail is null."), StringComparer.Ordinal),
            Text(line, "prev_hash"),
            Text(line, "hash"),
            Text(line, "mac"));
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    private static FrozenDictionary<string, T> ByName<T>(Func<T, string> name) where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(name, StringComparer.Ordinal);
}
