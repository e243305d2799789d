using System.Diagnostics;
using System.Globalization;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Growth;

/// <summary>An audit log of any length: an entry every three seconds up to now, of ten organisations. Its rows are as long as the product's, and
/// spread as a log's are; their hashes are made up, for pages do not check them.</summary>
internal sealed class AuditRows(DateTimeOffset now)
{
    private const int Organizations = 10, Actors = 503, Resources = 503, SecondsApart = 3;
    private const string Details = """{"name": "A*** o*** t*** b***", "status": "active"}""";

    private bool configured;

    public static string Org => BulkStore.Organization(7);

    public string LastHour => Text(now.AddHours(-1));

    public string Middle(int size) => Text(now.AddSeconds(-(double)SecondsApart * size / 2));

    public string Hour(int size)
    {
        var middle = now.AddSeconds(-(double)SecondsApart * size / 2);
        return $"from={Text(middle.AddHours(-1))}&until={Text(middle)}";
    }

    /// <summary>Into an empty log: its indexes are made afterwards, and the rows go past the write-ahead log, both of which take a fraction of
    /// the time. The table is then as any other.</summary>
    public async Task Load(PostgresCluster postgres, SizedDatabase database)
    {
        if (!configured)
        {
            foreach (var setting in (string[])["wal_level = minimal", "max_wal_senders = 0", "max_wal_size = '4GB'"])
                postgres.Sql($"ALTER SYSTEM SET {setting}");
            postgres.Crash();
            postgres.Start();
            configured = true;
        }

        var watch = Stopwatch.StartNew();
        using var bulk = new BulkStore(database);
        postgres.Sql(Rows(database.Size), database.Name);
        postgres.Sql("VACUUM (ANALYZE) audit_entries", database.Name);
        await bulk.Organizations(Organizations, 1);
        Console.WriteLine(FormattableString.Invariant($"audit: {database.Size} entries made in {watch.Elapsed.TotalSeconds:F0} s"));
    }

    private string Rows(int count) => string.Create(CultureInfo.InvariantCulture, $"""
        SET maintenance_work_mem = '1GB';
        CREATE TEMPORARY TABLE later AS SELECT indexname, indexdef FROM pg_indexes
            WHERE tablename = 'audit_entries' AND indexname NOT IN ('audit_entries_pkey', 'audit_entries_position_key');
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT indexname FROM later LOOP EXECUTE 'DROP INDEX ' || name; END LOOP;
        END $$;
        ALTER TABLE audit_entries DISABLE TRIGGER append_only;
        TRUNCATE audit_entries;
        INSERT INTO audit_entries (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
            request_id, source, details, prev_hash, hash, mac)
        SELECT 'made-up:' || org, 1 + n / {Organizations}, '{now:O}'::timestamptz - ({count} - n) * interval '{SecondsApart} s', org,
            'ApiKey', 'actor_' || n * 7 % {Actors}, CASE WHEN n % 499 = 0 THEN 'Revoke' ELSE (ARRAY['Create', 'Update', 'Update', 'Rotate', 'Execute'])[1 + n * 13 / 10 % 5] END,
            (ARRAY['ApiKey', 'Organization', 'Credential'])[1 + n % 3], 'resource_' || n * 11 % {Resources}, CASE WHEN n % 51 = 0 THEN 'Failure' ELSE 'Success' END,
            hash, '192.0.2.17', '{Details}', hash || hash, hash || hash, hash || hash
        FROM (SELECT n, 'org_' || lpad((n % {Organizations})::text, 5, '0') AS org, md5(n::text) AS hash FROM generate_series(0::bigint, {count} - 1) n) AS made;
        DO $$ DECLARE definition text; BEGIN
            FOR definition IN SELECT indexdef FROM later LOOP EXECUTE definition; END LOOP;
        END $$;
        ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER append_only
        """);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
