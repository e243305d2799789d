using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Storage.Postgres;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Commits;

/// <summary>A change of an organisation with its audit entry, through our store, against one statement of the same shape
/// by pgbench: the same server, durability, connections and sizes, in turns.</summary>
internal static class CommitsPath
{
    public const int Connections = 8;

    private const int WarmUpSeconds = 3;

    public static async Task<Comparison> Measure(BenchOptions options)
    {
        using var cluster = new PostgresCluster(flush: true);
        cluster.Sql($"CREATE DATABASE bench OWNER {PostgresCluster.Owner}");
        Open(cluster.ConnectionString(PostgresCluster.Owner, "bench"), migrate: true).Dispose();
        using var store = Open(
            cluster.ConnectionString(PostgresCluster.Runtime, "bench")
            + string.Create(CultureInfo.InvariantCulture, $";Maximum Pool Size={Connections}"),
            migrate: false);
        var writers = new StoreWriters(store);
        await writers.Create();
        var pgbench = new Pgbench(cluster, "bench");

        var warmUp = Math.Min(WarmUpSeconds, options.Seconds);
        await writers.Run(TimeSpan.FromSeconds(warmUp));
        pgbench.Run(warmUp);
        var comparison = new Comparison("store", "pgbench");
        for (var round = 0; round < options.Rounds; round++)
            comparison.Add(await writers.Run(TimeSpan.FromSeconds(options.Seconds)), pgbench.Run(options.Seconds));
        return comparison;
    }

    private static PostgresStore Open(string connectionString, bool migrate)
    {
        var options = new PostgresOptions { Migrate = migrate, StatementTimeout = TimeSpan.FromSeconds(30) };
        return PostgresStore.TryOpen(connectionString, options, NullLogger<PostgresStore>.Instance, out var store, out var failure)
            ? store
            : throw new InvalidOperationException(failure.Message);
    }
}
