using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tumbler.Engine.Store;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>What finding the due ones of 100,000 rings costs, by the database's plan.</summary>
public sealed class DueRingPlanTests(PrivatePostgres server)
{
    private const int Rings = 100_000;

    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Of_a_hundred_thousand_rings_the_few_that_are_due_are_found_through_an_index()
    {
        var database = server.NewMigratedDatabase();
        Load(server.Admin(database));
        var connection = server.ConnectionString(PrivatePostgres.Runtime, database);
        using var store = Stores.Open(connection);
        await using var source = NpgsqlDataSource.Create(connection);

        // A day's worth of rings, evenly: 69 a minute. Those of the last five minutes are due, and three were saved by a clock ahead.
        await Check("five minutes", Now, null, listed: 348 + 3, most: 500);
        await Check("nothing but what lies ahead", Now.AddMinutes(-5).AddMilliseconds(-1), null, listed: 3, most: 10);
        await Check("a week off", Now.AddDays(7), null, listed: 500, most: 510);
        var last = (await store.RingsToLookAt(Now.AddDays(7), null, 500, Go))[^1];
        await Check("a week off, the next list", Now.AddDays(7), last, listed: 500, most: 510);

        async Task Check(string what, DateTimeOffset at, RingToLookAt? after, int listed, int most)
        {
            var watch = Stopwatch.StartNew();
            var rings = await store.RingsToLookAt(at, after, 500, Go);
            var first = watch.Elapsed.TotalMilliseconds;
            watch.Restart();
            for (var i = 0; i < 20; i++)
                await store.RingsToLookAt(at, after, 500, Go);
            var plan = await Plan(source, at, after);
            Report($"{what}: {rings.Count} listed in {watch.Elapsed.TotalMilliseconds / 20:F2} ms ({first:F1} ms at first)\n{plan}\n");
            Assert.Equal(listed, rings.Count);
            Assert.Contains("rings_quiet_until", plan, StringComparison.Ordinal);
            Assert.Contains("rings_quiet_from", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.InRange(RowsRead(plan), 0, most);
        }
    }

    /// <summary>As many as the plan's widest step, with what its filters threw away.</summary>
    private static long RowsRead(string plan) => plan.Split('\n').Select(line => line.Trim()).Sum(line =>
        line.StartsWith("Rows Removed by", StringComparison.Ordinal) ? long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)
        : line.Contains(" on rings", StringComparison.Ordinal) && line.Contains("actual rows=", StringComparison.Ordinal)
            ? long.Parse(line.Split("actual rows=")[1].Split(' ')[0], CultureInfo.InvariantCulture)
            : 0);

    private static async Task<string> Plan(NpgsqlDataSource source, DateTimeOffset now, RingToLookAt? after)
    {
        var values = string.Create(CultureInfo.InvariantCulture,
            $"({now.ToUnixTimeMilliseconds()}, {after?.Since.ToUnixTimeMilliseconds() ?? long.MinValue + 1}, '{after?.Ring.Value}', 500)");
        await using var connection = await source.OpenConnectionAsync();
        await Execute($"PREPARE due (bigint, bigint, text, int) AS {QuietTimes.Sql}");

        // As it is once the server has had the chance to plan it without looking at the values.
        for (var i = 0; i < 6; i++)
            await Execute($"EXECUTE due {values}");
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, BUFFERS, TIMING off) EXECUTE due {values}", connection);
        await using var lines = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await lines.ReadAsync())
            plan.Add(lines.GetString(0));
        return string.Join('\n', plan);

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static void Load(string admin)
    {
        var first = Now.AddMinutes(-5).ToUnixTimeMilliseconds();
        PrivatePostgres.Execute(admin, string.Create(CultureInfo.InvariantCulture, $$"""
            INSERT INTO rings (body) SELECT jsonb_build_object('id', 'ring-' || n, 'version', 3, 'policy', '{"algorithm": "ES256"}'::jsonb,
                'quiet_from', CASE WHEN n % 40000 = 39999 THEN {{first}} + 86400000 ELSE {{first}} + n * 864 - 86400000 END,
                'quiet_until', CASE WHEN n % 40000 = 39999 THEN {{first}} + 2 * 86400000 ELSE {{first}} + n * 864 END)
            FROM (SELECT (n * 7919::bigint) % {{Rings}} AS n FROM generate_series(0, {{Rings}} - 1) n) AS shuffled;
            INSERT INTO rings (body) VALUES ('{"id": "one-more", "version": 1, "quiet_from": {{first + 86400000}}, "quiet_until": {{first + 2 * 86400000}}}');
            ANALYZE rings
            """), 120);
    }

    private static void Report(FormattableString text) =>
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
