using Tumbler.Bench.Load;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Limits;

/// <summary>What is asked for most, against the most that this machine can do of it.</summary>
internal static class LimitPaths
{
    /// <summary>The runtime compiles anew what is used much; the first seconds tell nothing.</summary>
    private const int WarmUpSeconds = 8;

    public static Task<Comparison> TokenEs256(BenchOptions options) =>
        AgainstKestrel(options, Wrk.Tokens, (limit, silo) => Wrk.Tokens(limit, LimitServer.Sign, silo));

    public static Task<Comparison> Jwks(BenchOptions options) =>
        AgainstKestrel(options, silo => new Wrk(silo, "/.well-known/jwks.json"), (limit, _) => new Wrk(limit, LimitServer.Document));

    public static Task<Comparison> ApiKeyVerify(BenchOptions options) =>
        AgainstKestrel(options, silo => Wrk.Verifications(silo, "/api/v1/api-keys/verify", silo), (limit, silo) => Wrk.Verifications(limit, LimitServer.LookUp, silo));

    /// <summary>Where the signature takes most of the time, signatures are the limit.</summary>
    public static async Task<Comparison> TokenRs256(BenchOptions options)
    {
        using var postgres = new PostgresCluster();
        await using var silo = await Start(postgres, "--Rings:default:Algorithm", "RS256");
        using var ours = Wrk.Tokens(silo);
        ours.Run(WarmUpSeconds);
        return await Measure(options, silo, ours, () => OpensslSpeed.Rsa2048(options.Seconds));
    }

    private static async Task<Comparison> AgainstKestrel(BenchOptions options, Func<Silo, Wrk> ourLoad, Func<LimitProcess, Silo, Wrk> theirLoad)
    {
        using var postgres = new PostgresCluster();
        await using var silo = await Start(postgres);
        using var limit = await LimitProcess.Start();
        using var ours = ourLoad(silo);
        using var theirs = theirLoad(limit, silo);
        ours.Run(WarmUpSeconds);
        theirs.Run(WarmUpSeconds);
        return await Measure(options, silo, ours, () => theirs.Run(options.Seconds).PerSecond);
    }

    private static async Task<Comparison> Measure(BenchOptions options, Silo silo, Wrk ours, Func<double> theirs)
    {
        var (comparison, cost) = (new Comparison("product", "limit"), new RequestCosts());
        for (var round = 0; round < options.Rounds; round++)
        {
            var before = await silo.Allocated();
            var result = ours.Run(options.Seconds);
            cost.Add(result, (await silo.Allocated() - before) / (result.PerSecond * options.Seconds));
            comparison.Add(result.PerSecond, theirs());
        }

        cost.Print();
        return comparison;
    }

    private static async Task<Silo> Start(PostgresCluster postgres, params string[] settings)
    {
        postgres.Sql($"CREATE DATABASE bench OWNER {PostgresCluster.Owner}");
        return await Silo.Start(postgres.ConnectionString(PostgresCluster.Owner, "bench"), settings);
    }
}
