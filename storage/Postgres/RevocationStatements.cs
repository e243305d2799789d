using System.Globalization;
using System.Text.Json;
using Npgsql;
using Tumbler.Core.Revocations;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

/// <summary>The part of a save's statement that writes what the save revokes. The number comes from a row that stays locked until
/// the commit: so numbers are in the order of the commits, and whoever sees one sees all before it. Whoever is to have it waits
/// for whoever has it, and that one waits for nobody.</summary>
internal static class RevocationStatements
{
    /// <summary>Entries that go with one save, so that no save takes long: more than it adds.</summary>
    private const int MostDropped = 1_000;

    /// <summary>The entries behind the last one, or from the whole feed.</summary>
    public const string Since = "SELECT 'revocation', body::text, number FROM revocations WHERE number > $2";

    public const string Last = "SELECT 'last_revocation', '', last FROM revocation_count";

    /// <summary>The next two parameters: the rows, and the save's instant in milliseconds since 1970. What is over goes with them,
    /// if the database thinks so too, which is not ahead of whoever's clock is.</summary>
    /// <param name="end">The number of the last parameter before.</param>
    public static string AppendBehind(int end)
    {
        var (rows, now) = (string.Create(CultureInfo.InvariantCulture, $"${end + 1}"), string.Create(CultureInfo.InvariantCulture, $"${end + 2}"));
        return $"""
            counted AS (
                UPDATE revocation_count SET last = last + jsonb_array_length({rows}) FROM saved RETURNING last),
            revoked AS (
                INSERT INTO revocations (number, body)
                SELECT last - jsonb_array_length({rows}) + n, row FROM counted, jsonb_array_elements({rows}) WITH ORDINALITY AS new (row, n)
                ON CONFLICT (kind, ring, id) DO UPDATE SET number = excluded.number, body = excluded.body
                RETURNING 1),
            forgotten AS (
                DELETE FROM revocations WHERE number IN (
                    SELECT number FROM revocations
                    WHERE (SELECT last FROM counted) > 0 AND until < least({now}, (extract(epoch FROM now()) * 1000)::bigint)
                        AND (kind, ring, id) NOT IN (SELECT row ->> 'kind', coalesce(row ->> 'ring', ''), row ->> 'id' FROM jsonb_array_elements({rows}) AS new (row))
                    ORDER BY until LIMIT {MostDropped}))
            """;
    }

    public static void Add(NpgsqlParameterCollection parameters, IReadOnlyList<Revocation> revocations, DateTimeOffset now)
    {
        RevocationRow[] rows = [.. revocations.Select(RevocationRow.Of)];
        parameters.Add(Parameters.Json(JsonSerializer.SerializeToUtf8Bytes(rows, RowJson.Default.RevocationRowArray)));
        parameters.Add(Parameters.Number(now.ToUnixTimeMilliseconds()));
    }

    /// <summary>Null for what only a newer version knows.</summary>
    public static FeedEntry? Read(string row, long number) =>
        JsonSerializer.Deserialize(row, RowJson.Default.RevocationRow)!.TryRead(out var revocation) ? new FeedEntry(number, revocation) : null;
}
