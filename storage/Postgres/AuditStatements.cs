using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tumbler.Contracts.Audit;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

/// <summary>The end of a save's statement (<see cref="SaveStatements"/>): its audit entries. The only way into the log.</summary>
internal static class AuditStatements
{
    private const string Into = """
        INSERT INTO audit_entries (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
            request_id, source, details, prev_hash, hash, mac)
        """;

    /// <summary>Most changes have one entry, and values are cheaper to take in than a table of one row.</summary>
    public const string AppendOne = $"{Into}\nSELECT $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20 FROM saved";

    /// <summary>The number of the last parameter.</summary>
    public const int OneEnd = 20, ManyEnd = 5;

    public const string AppendMany = $"""
        {Into}
        SELECT entry.* FROM saved, jsonb_to_recordset($5) AS entry (chain text, seq bigint, time timestamptz, org text,
            actor_type text, actor_id text, action text, resource_type text, resource_id text, status text, request_id text,
            source text, details jsonb, prev_hash text, hash text, mac text)
        ORDER BY entry.seq
        """;

    public static void AddOne(NpgsqlParameterCollection parameters, AuditEntry entry)
    {
        parameters.Add(Parameters.Text(entry.Chain));
        parameters.Add(Parameters.Number(entry.Seq));
        parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = entry.Time, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        parameters.Add(Parameters.Text(entry.Org));
        parameters.Add(Parameters.Text(entry.Actor.Type.ToString()));
        parameters.Add(Parameters.Text(entry.Actor.Id));
        parameters.Add(Parameters.Text(entry.Action.ToString()));
        parameters.Add(Parameters.Text(entry.ResourceType.ToString()));
        parameters.Add(Parameters.Text(entry.ResourceId));
        parameters.Add(Parameters.Text(entry.Status.ToString()));
        parameters.Add(Parameters.Text(entry.RequestId));
        parameters.Add(Parameters.Text(entry.Source));
        parameters.Add(Parameters.Json(JsonSerializer.SerializeToUtf8Bytes(entry.Details, RowJson.Default.IReadOnlyDictionaryStringString)));
        parameters.Add(Parameters.Text(entry.PrevHash));
        parameters.Add(Parameters.Text(entry.Hash));
        parameters.Add(Parameters.Text(entry.Mac));
    }

    public static void AddMany(NpgsqlParameterCollection parameters, IReadOnlyList<AuditEntry> entries)
    {
        AuditRow[] rows = [.. entries.Select(AuditRow.Of)];
        parameters.Add(Parameters.Json(JsonSerializer.SerializeToUtf8Bytes(rows, RowJson.Default.AuditRowArray)));
    }
}
