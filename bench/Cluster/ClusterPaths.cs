using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;
using Tumbler.Tests.Redis;

namespace Tumbler.Bench.Cluster;

/// <summary>One silo of a cluster against the single engine: the same build, database server, keys and load, in turns. What
/// is asked for most must not cost more because there could be other silos.</summary>
internal static class ClusterPaths
{
    private const string Database = "bench_single", ClusterDatabase = "bench_cluster";
    private const int WarmUpSeconds = 3;

    public static Task<Comparison> Jwks(BenchOptions options) => Measure(options, silo => new Wrk(silo, "/.well-known/jwks.json"));

    public static Task<Comparison> Token(BenchOptions options) => Measure(options, Wrk.Tokens);

    public static Task<Comparison> Verify(BenchOptions options) => Measure(options, silo => Wrk.Verifications(silo, "/api/v1/api-keys/verify", silo));

    private static async Task<Comparison> Measure(BenchOptions options, Func<Silo, Wrk> load)
    {
        using var postgres = new PostgresCluster(flush: true);
        await using var redis = await RedisServer.Start();
        foreach (var database in (string[])[Database, ClusterDatabase])
            postgres.Sql($"CREATE DATABASE {database} OWNER {PostgresCluster.Owner}");
        await using var single = await Silo.Start(postgres.ConnectionString(PostgresCluster.Owner, Database));
        await using var cluster = await Silo.Start(
            postgres.ConnectionString(PostgresCluster.Owner, ClusterDatabase),
            "--Engine:Kind", "cluster", "--Cluster:Redis:ConnectionString", redis.ConnectionString, "--Cluster:SiloPort", Silo.FreePort());
        using var ours = load(cluster);
        using var theirs = load(single);

        ours.Run(Math.Min(WarmUpSeconds, options.Seconds));
        theirs.Run(Math.Min(WarmUpSeconds, options.Seconds));
        var comparison = new Comparison("cluster", "single");
        for (var round = 0; round < options.Rounds; round++)
            comparison.Add(ours.Run(options.Seconds).PerSecond, theirs.Run(options.Seconds).PerSecond);
        return comparison;
    }
}
