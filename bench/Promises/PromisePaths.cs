using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Promises;

/// <summary>What a silo on PostgreSQL may take at most: its start, its rest, and what a token request leaves to the garbage collector. The
/// stories see to the first two as well (S0), with the embedded store.</summary>
internal static class PromisePaths
{
    /// <summary>The runtime compiles anew what is used much, and allocates for that.</summary>
    private const int WarmUpSeconds = 8;
    private const double MostMiB = 150, MostBytes = 4096;
    private static readonly TimeSpan MostOfStart = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1);

    /// <summary>A process that starts on the database of the one before it, to its first 200.</summary>
    public static Task<Comparison> Start(BenchOptions options) => Measure("start", MostOfStart.TotalMilliseconds, " ms", async (silo, taken) =>
    {
        for (var round = 0; round < options.Rounds; round++)
            taken((await silo.Restart()).TotalMilliseconds);
    });

    /// <summary>Resident, after a minute in which nobody asked for anything.</summary>
    public static Task<Comparison> IdleMemory(BenchOptions options) => Measure("idle", MostMiB, " MiB", async (silo, taken) =>
    {
        await silo.Restart();
        Console.WriteLine("a minute of rest");
        await Task.Delay(Minute, TimeProvider.System);
        taken(silo.Memory());
    });

    public static Task<Comparison> TokenAllocation(BenchOptions options) => Measure("a token request", MostBytes, " bytes", async (silo, taken) =>
    {
        using var load = Wrk.Tokens(silo);
        load.Run(WarmUpSeconds);
        for (var round = 0; round < options.Rounds; round++)
        {
            var before = await silo.Allocated();
            var answers = load.Run(options.Seconds).PerSecond * options.Seconds;
            taken((await silo.Allocated() - before) / answers);
        }
    });

    /// <summary>In a minute of tokens, as many as there can be: none.</summary>
    public static Task<Comparison> FullCollections(BenchOptions options) => Measure("full collections", 0, "", async (silo, taken) =>
    {
        using var load = Wrk.Tokens(silo);
        load.Run(WarmUpSeconds);
        Console.WriteLine("a minute of tokens");
        var before = await silo.FullCollections();
        load.Run((int)Minute.TotalSeconds);
        taken(await silo.FullCollections() - before);
    });

    private static async Task<Comparison> Measure(string what, double most, string unit, Func<Silo, Action<double>, Task> measure)
    {
        using var postgres = new PostgresCluster();
        postgres.Sql($"CREATE DATABASE bench OWNER {PostgresCluster.Owner}");
        await using var silo = await Silo.Start(postgres.ConnectionString(PostgresCluster.Owner, "bench"));
        var comparison = new Comparison(what, "promised", unit, lessIsBetter: true);
        await measure(silo, value => comparison.Add(value, most));
        return comparison;
    }
}
