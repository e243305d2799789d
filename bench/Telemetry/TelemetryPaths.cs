using System.Diagnostics;
using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Telemetry;

/// <summary>What watching costs.</summary>
internal static class TelemetryPaths
{
    /// <summary>The runtime compiles anew what is used much; the first seconds tell nothing.</summary>
    private const int WarmUpSeconds = 8;
    private const int Rings = 10_000;
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(20), ScrapeEvery = TimeSpan.FromSeconds(1);

    /// <summary>Tokens of a silo that is scraped every second and pushes traces and metrics as it does by default, against those of one that
    /// nobody watches: the same build and load, in turns, in tokens for each second of the silo's processor time.</summary>
    public static async Task<Comparison> Tokens(BenchOptions options)
    {
        using var postgres = new PostgresCluster();
        using var sink = new OtlpSink();
        await using var watched = await Start(postgres, "bench_watched", "--Telemetry:Otlp:Endpoint", sink.Address);
        await using var alone = await Start(postgres, "bench_alone");
        using var ours = Wrk.Tokens(watched);
        using var theirs = Wrk.Tokens(alone);
        using var over = new CancellationTokenSource();
        var scraping = ScrapeAgain(watched, over.Token);

        ours.Run(WarmUpSeconds);
        theirs.Run(WarmUpSeconds);
        var comparison = new Comparison("watched", "alone");
        for (var round = 0; round < options.Rounds; round++)
            comparison.Add(ours.Run(options.Seconds).PerCpuSecond, theirs.Run(options.Seconds).PerCpuSecond);
        await over.CancelAsync();
        await scraping;
        Console.WriteLine(FormattableString.Invariant($"{sink.Taken} pushes"));
        return sink.Taken > 0 ? comparison : throw new InvalidOperationException("Nothing was pushed.");
    }

    /// <summary>A scrape with ten thousand rings held, against the time it may take: above 1 it is faster.</summary>
    public static async Task<Comparison> Scrape(BenchOptions options)
    {
        using var postgres = new PostgresCluster();
        await using var silo = await Start(postgres, "bench_scrape", "--Limits:Admin", "off");
        await silo.UseRings(Rings);
        var comparison = new Comparison("scrapes", "needed");
        for (var round = -2; round < options.Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var page = await silo.Scrape();
            var took = watch.Elapsed;
            if (!page.Contains(FormattableString.Invariant($"\ntumbler_rings_held {Rings + 1}\n"), StringComparison.Ordinal))
                throw new InvalidOperationException("Not all rings are held.");
            if (round < 0)
                continue;
            Console.WriteLine(FormattableString.Invariant($"{took.TotalMilliseconds:F2} ms, {page.Length} bytes"));
            comparison.Add(1 / took.TotalSeconds, 1 / Most.TotalSeconds);
        }

        return comparison;
    }

    private static async Task ScrapeAgain(Silo silo, CancellationToken over)
    {
        using var beat = new PeriodicTimer(ScrapeEvery, TimeProvider.System);
        try
        {
            while (await beat.WaitForNextTickAsync(over))
                await silo.Scrape();
        }
        catch (OperationCanceledException)
        {
            // The rounds are over.
        }
    }

    private static async Task<Silo> Start(PostgresCluster postgres, string database, params string[] settings)
    {
        postgres.Sql($"CREATE DATABASE {database} OWNER {PostgresCluster.Owner}");
        return await Silo.Start(postgres.ConnectionString(PostgresCluster.Owner, database), settings);
    }
}
