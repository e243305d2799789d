using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Peers;

/// <summary>The same requests to npm's oidc-provider, to whichever is faster of one process and two.</summary>
internal static class PeerPaths
{
    private const int WarmUpSeconds = 8;

    public static Task<Comparison> TokenEs256(BenchOptions options) =>
        Measure(options, "ES256", Wrk.Tokens, (peer, silo) => Wrk.Tokens(peer, "/token", silo));

    public static Task<Comparison> TokenRs256(BenchOptions options) =>
        Measure(options, "RS256", Wrk.Tokens, (peer, silo) => Wrk.Tokens(peer, "/token", silo));

    public static Task<Comparison> Jwks(BenchOptions options) =>
        Measure(options, "ES256", silo => new Wrk(silo, "/.well-known/jwks.json"), (peer, _) => new Wrk(peer, "/jwks"));

    private static async Task<Comparison> Measure(
        BenchOptions options, string algorithm, Func<Silo, Wrk> ourLoad, Func<OidcProvider, Silo, Wrk> theirLoad)
    {
        using var postgres = new PostgresCluster();
        postgres.Sql($"CREATE DATABASE bench OWNER {PostgresCluster.Owner}");
        await using var silo = await Silo.Start(
            postgres.ConnectionString(PostgresCluster.Owner, "bench"), "--Rings:default:Algorithm", algorithm);
        using var one = await OidcProvider.Start(algorithm, processes: 1, silo);
        using var two = await OidcProvider.Start(algorithm, processes: 2, silo);
        using var ours = ourLoad(silo);
        using var single = theirLoad(one, silo);
        using var pair = theirLoad(two, silo);

        foreach (var load in (Wrk[])[ours, single, pair])
            load.Run(WarmUpSeconds);
        var (comparison, againstOne) = (new Comparison("product", "oidc-provider"), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            var (product, alone, both) = (ours.Run(options.Seconds), single.Run(options.Seconds), pair.Run(options.Seconds));
            Console.WriteLine(FormattableString.Invariant(
                $"oidc-provider: one process {alone.PerSecond:F0}/s, p99 {alone.P99:F1} ms; two {both.PerSecond:F0}/s, p99 {both.P99:F1} ms; product p99 {product.P99:F1} ms"));
            comparison.Add(product.PerSecond, Math.Max(alone.PerSecond, both.PerSecond));
            againstOne.Add(product.PerSecond / alone.PerSecond);
        }

        Console.WriteLine(FormattableString.Invariant($"against one process: {Comparison.Median(againstOne):F2}"));
        return comparison;
    }
}
