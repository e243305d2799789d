using System.Globalization;
using Tumbler.Cli.Tests.Scripts;
using Tumbler.Tests.Postgres;
using Tumbler.Tests.Redis;

namespace Tumbler.Cli.Tests.Doctor;

public sealed class ClusterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_silo_that_was_killed_is_found_by_its_name()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1", "It takes its time: ./test --long runs it.");
        using var postgres = new PostgresCluster();
        await using var redis = await RedisServer.Start();
        postgres.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        string[] shared =
        [
            "--Engine:Kind=cluster", "--Storage:Kind=postgres",
            $"--Storage:Postgres:ConnectionString_FILE={folder.Write("postgres", postgres.ConnectionString(PostgresCluster.Owner, "tumbler"))}",
            $"--Cluster:Redis:ConnectionString_FILE={folder.Write("redis", redis.ConnectionString)}",
        ];
        await using var first = await SetUp.With([.. shared, .. Silo("first")]);
        await using (await SetUp.With([.. shared, .. Silo("second"), "--Tokens:Issuer", first.Url, .. first.SecretSettings]))
            Assert.Empty(await first.Findings(folder));

        // Who does not answer is away at once; the cluster takes some seconds to call it dead.
        Assert.Equal(["failure silo-away"], await first.Findings(folder));
        Assert.Contains("The silo second ", (await first.Doctor(folder).Run("doctor")).Output, StringComparison.Ordinal);
    }

    private static string[] Silo(string name) =>
        [string.Create(CultureInfo.InvariantCulture, $"--Cluster:SiloPort={SetUp.FreePort()}"), $"--Cluster:SiloName={name}", $"--Audit:NodeName={name}"];
}
