using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Organizations;
using Tumbler.Storage.Postgres;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>What reading a page of a large audit log costs, by the database's plan. The long form has ten million entries and
/// writes plans and times to <c>artifacts/audit-plans.txt</c>.</summary>
public sealed partial class AuditPlanTests : IDisposable
{
    private const int PageSize = 50;

    // Of its own: minutes of loading in one transaction would hold back the marks of everybody else's changes.
    private readonly PrivatePostgres server = new();

    private static readonly bool Long = Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";
    private static readonly int Entries = Long ? 10_000_000 : 100_000;
    private static readonly int Organizations = Long ? 1000 : 100;

    // An entry every three seconds.
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Middle = Start.AddSeconds(3.0 * Entries / 2);

    private static readonly OrgSlug Org = OrgSlug.Parse("org_7");

    /// <summary>The filters, the index that serves each, and how many rows may be looked at for a page, at most.</summary>
    private static readonly (string Name, AuditQuery Query, string Index, int MostRows)[] Cases =
    [
        ("everything", new(), "audit_entries_position_key", PageSize + 1),
        ("organisation", new(Org), "audit_entries_org", PageSize + 1),
        ("organisation, common action", new(Org, AuditAction.Update), "audit_entries_org", Entries / Organizations),
        ("organisation, rare action", new(Org, AuditAction.Delete), "audit_entries_(org|action)", Entries / Organizations),
        ("organisation, failures", new(Org, Status: AuditStatus.Failure), "audit_entries_org_failure", PageSize + 1),
        ("organisation, an hour", new(Org, From: Middle, Until: Middle.AddHours(1)), "audit_entries_(org|time)", Math.Max(3000, Entries / Organizations)),
        ("organisation, until", new(Org, Until: Middle), "audit_entries_org", Entries / Organizations),
        ("actor", new(Actor: "actor_77"), "audit_entries_actor", PageSize + 1),
        ("actor that is nobody", new(Actor: "nobody"), "audit_entries_actor", 0),
        ("resource", new(ResourceId: "resource_77"), "audit_entries_resource", PageSize + 1),
        ("common action", new(Action: AuditAction.Update), "audit_entries_(action|position_key)", 20 * PageSize),
        ("rare action", new(Action: AuditAction.Revoke), "audit_entries_action", PageSize + 1),
        ("action that never was", new(Action: AuditAction.Delete), "audit_entries_action", 0),
        ("successes", new(Status: AuditStatus.Success), "audit_entries_position_key", 2 * PageSize),
        ("failures", new(Status: AuditStatus.Failure), "audit_entries_failure", PageSize + 1),
        ("an hour", new(From: Middle, Until: Middle.AddHours(1)), "audit_entries_time", 3000),
        ("the last hour", new(From: Start.AddSeconds(3.0 * Entries - 3600)), "audit_entries_(time|position_key)", 3000),
    ];

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Every_filter_finds_its_page_through_an_index()
    {
        var database = server.NewMigratedDatabase();
        var loading = Stopwatch.StartNew();
        Load(server.Admin(database));
        var report = new StringBuilder(Invariant($"{Entries} entries of {Organizations} organisations, loaded in {loading.Elapsed.TotalSeconds:F0} s\n"));
        var connection = server.ConnectionString(PrivatePostgres.Runtime, database);
        using var store = Stores.Open(connection);
        await using var source = NpgsqlDataSource.Create(connection);
        await using var context = new AuditContext(new DbContextOptionsBuilder<AuditContext>().UseNpgsql(source).Options);

        foreach (var (name, query, index, mostRows) in Cases)
        {
            var plan = await Plan(context, AuditStore.Before(AuditPlace.Start, query, context.Entries).Take(PageSize + 1));
            Assert.Matches($"{name}(.|\n)*(using|Scan on) {index} ", $"{name}\n{plan}");
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.True(RowsRead(plan) <= mostRows, $"{name}: {RowsRead(plan)} rows are read for a page.\n{plan}");
            report.Append(Invariant($"\n{name}: {await Milliseconds(store, query):F1} ms\n{plan}\n"));
        }

        if (Long)
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Root(), "artifacts")).FullName, "audit-plans.txt"), report.ToString());
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Of the widest step of the plan, with what its filter threw away.</summary>
    private static long RowsRead(string plan)
    {
        var (most, step) = (0L, 0L);
        foreach (Match match in Rows().Matches(plan))
        {
            var rows = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            step = match.Groups[1].Value == "actual rows=" ? rows : step + rows;
            most = Math.Max(most, step);
        }

        return most;
    }

    /// <summary>As the store asks, the median of a few.</summary>
    private static async Task<double> Milliseconds(PostgresStore store, AuditQuery query)
    {
        var times = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var watch = Stopwatch.StartNew();
            Assert.True((await store.Audit.Query(query, CancellationToken.None)).Succeeded);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private static async Task<string> Plan(AuditContext context, IQueryable<AuditRow> page)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = page.CreateDbCommand();
        command.CommandText = "EXPLAIN (ANALYZE, TIMING off) " + command.CommandText;
        await using var lines = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await lines.ReadAsync())
            plan.Add(lines.GetString(0));
        return string.Join('\n', plan);
    }

    /// <summary>The indexes of filters are made afterwards, which takes a fraction of the time.</summary>
    private static void Load(string admin) => PrivatePostgres.Execute(admin, Invariant($"""
        SET statement_timeout = 0;
        CREATE TEMPORARY TABLE later AS SELECT indexname, indexdef FROM pg_indexes
            WHERE tablename = 'audit_entries' AND indexname NOT IN ('audit_entries_pkey', 'audit_entries_position_key');
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT indexname FROM later LOOP EXECUTE 'DROP INDEX ' || name; END LOOP;
        END $$;
        ALTER TABLE audit_entries SET UNLOGGED;
        INSERT INTO audit_entries (chain, seq, time, org, actor_type, actor_id, action, resource_type, resource_id, status,
            request_id, source, details, prev_hash, hash, mac)
        SELECT 'org:org_' || n % {Organizations}, 1 + n / {Organizations}, '{Start:O}'::timestamptz + n * interval '3 s', 'org_' || n % {Organizations},
            'ApiKey', 'actor_' || n * 7 % 503, CASE WHEN n % 5000 = 0 THEN 'Revoke' ELSE (ARRAY['Create', 'Update', 'Update', 'Rotate', 'Execute'])[1 + n * 13 % 5] END,
            (ARRAY['ApiKey', 'Organization', 'Credential'])[1 + n % 3], 'resource_' || n % 10007, CASE WHEN n % 51 = 0 THEN 'Failure' ELSE 'Success' END,
            hash, '192.0.2.17', '{DetailsJson}', hash || hash, hash || hash, hash || hash
        FROM (SELECT n, md5(n::text) AS hash FROM generate_series(0::bigint, {Entries} - 1) n) AS made;
        DO $$ DECLARE definition text; BEGIN
            FOR definition IN SELECT indexdef FROM later LOOP EXECUTE definition; END LOOP;
        END $$;
        ANALYZE audit_entries
        """), 1800);

    private const string DetailsJson = """{"name": "A*** o*** t*** b***", "status": "active"}""";

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Orleans.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("(actual rows=|Rows Removed by Filter: )([0-9]+)")]
    private static partial Regex Rows();
}
