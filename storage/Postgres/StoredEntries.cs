using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

/// <summary>Rows of <c>audit_entries</c> as somebody may have left them. What is not exactly as it was written is no entry:
/// a value in another spelling would have the same hash.</summary>
internal static class StoredEntries
{
    public static StoredAuditEntry Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1), Entry(row));

    private static AuditEntry? Entry(NpgsqlDataReader row)
    {
        try
        {
            return new AuditEntry(
                row.GetString(0),
                row.GetInt64(1),
                row.GetFieldValue<DateTimeOffset>(2),
                row.IsDBNull(3) ? null : row.GetString(3),
                new Actor(Name<ActorType>(row.GetString(4)), row.GetString(5)),
                Name<AuditAction>(row.GetString(6)),
                Name<AuditResource>(row.GetString(7)),
                row.GetString(8),
                Name<AuditStatus>(row.GetString(9)),
                row.GetString(10),
                row.GetString(11),
                Details(row.GetString(12)),
                row.GetString(13),
                row.GetString(14),
                row.GetString(15));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidCastException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static T Name<T>(string text) where T : struct, Enum =>
        Enum.TryParse<T>(text, out var value) && value.ToString() == text ? value : throw new FormatException();

    private static ImmutableSortedDictionary<string, string> Details(string json)
    {
        var details = JsonSerializer.Deserialize(json, RowJson.Default.IReadOnlyDictionaryStringString);
        return details is not null && details.Values.All(value => value is not null)
            ? details.ToImmutableSortedDictionary(StringComparer.Ordinal)
            : throw new FormatException();
    }
}
