using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;
using Tumbler.Tests.Sending;

namespace Tumbler.Bench.Edge;

/// <summary>What guarding the way in costs those who are let in.</summary>
internal static class EdgePaths
{
    /// <summary>The runtime compiles anew what is used much; the first seconds tell nothing.</summary>
    private const int WarmUpSeconds = 8;
    private const double MostMiB = 64;
    private const double GoodPerSecond = 200;

    private static readonly string[] Open = ["--Headers:Security", "false", "--Limits:Admin", "off", "--Limits:PerAddress:FailedAuthentication", "off"];

    /// <summary>Tokens with headers and limits as they are by default, when something has failed already, against none of them: the same build and load, in
    /// turns. In tokens for each second of the silo's processor time: what else the machine does takes throughput from both, but not
    /// evenly.</summary>
    public static async Task<Comparison> Headers(BenchOptions options)
    {
        using var postgres = new PostgresCluster(flush: true);
        await using var guarded = await Start(postgres, "bench_guarded");
        await using var open = await Start(postgres, "bench_open", Open);
        await FailOnce(guarded);
        using var ours = Wrk.Tokens(guarded);
        using var theirs = Wrk.Tokens(open);

        ours.Run(WarmUpSeconds);
        theirs.Run(WarmUpSeconds);
        var comparison = new Comparison("guarded", "open");
        for (var round = 0; round < options.Rounds; round++)
            comparison.Add(ours.Run(options.Seconds).PerCpuSecond, theirs.Run(options.Seconds).PerCpuSecond);
        return comparison;
    }

    /// <summary>p99 of good token requests, calm and beside 20,000 bad ones a second, as its inverse. Memory must not grow with the flood.</summary>
    public static async Task<Comparison> Flood(BenchOptions options)
    {
        using var postgres = new PostgresCluster(flush: true);
        await using var silo = await Start(postgres, "bench_flood");
        using var good = new Sender(silo.Url, connections: 1, [PreparedRequest.Token(silo.Url, silo.KeyId, silo.Key)], TimeProvider.System);
        var flood = new Flood(silo);
        P99(good, TimeSpan.FromSeconds(WarmUpSeconds));
        await Both(good, flood, TimeSpan.FromSeconds(WarmUpSeconds));

        var (before, comparison) = (silo.Memory(), new Comparison("flooded", "calm"));
        for (var round = 0; round < options.Rounds; round++)
        {
            var cpu = silo.CpuTime();
            var calm = P99(good, TimeSpan.FromSeconds(options.Seconds));
            var calmCpu = silo.CpuTime() - cpu;
            var allocated = await silo.Allocated();
            var (flooded, refused) = await Both(good, flood, TimeSpan.FromSeconds(options.Seconds));
            allocated = await silo.Allocated() - allocated;
            Console.WriteLine(FormattableString.Invariant(
                $"p99 calm {calm.TotalMilliseconds:F2} ms, flooded {flooded.TotalMilliseconds:F2} ms; {refused / options.Seconds} refused a second; {(silo.CpuTime() - cpu - 2 * calmCpu) / refused * 1e6:F0} us of processor time and {allocated / refused:F0} bytes each; {silo.Memory():F0} MiB"));
            comparison.Add(1 / flooded.TotalSeconds, 1 / calm.TotalSeconds);
        }

        return silo.Memory() - before <= MostMiB
            ? comparison
            : throw new InvalidOperationException(FormattableString.Invariant($"The flood took memory: {before:F0} MiB became {silo.Memory():F0} MiB."));
    }

    private static async Task<(TimeSpan P99, int Refused)> Both(Sender good, Flood flood, TimeSpan time)
    {
        var flooding = flood.Run(time);
        return (await Task.Run(() => P99(good, time)), await flooding);
    }

    /// <summary>Of a client that asks for a token every five milliseconds.</summary>
    private static TimeSpan P99(Sender good, TimeSpan time)
    {
        var window = good.Evenly(GoodPerSecond, time);
        return window.Failed == 0 ? window.Within(0.99) : throw new InvalidOperationException($"{window.Failed} tokens failed, the first with: {window.Failure}");
    }

    private static async Task<Silo> Start(PostgresCluster postgres, string database, params string[] settings)
    {
        postgres.Sql($"CREATE DATABASE {database} OWNER {PostgresCluster.Owner}");
        return await Silo.Start(postgres.ConnectionString(PostgresCluster.Owner, database), settings);
    }

    /// <summary>From then on there is an address to look for.</summary>
    private static async Task FailOnce(Silo silo)
    {
        using var http = new HttpClient { BaseAddress = silo.Url };
        using var answer = await http.GetAsync(new Uri("/api/v1/organizations", UriKind.Relative));
        if ((int)answer.StatusCode != 401)
            throw new InvalidOperationException($"A request without a credential was answered {(int)answer.StatusCode}.");
    }
}
