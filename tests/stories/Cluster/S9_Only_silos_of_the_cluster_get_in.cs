using System.Net;
using System.Net.Sockets;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Certificates;

namespace Tumbler.Stories.Tests.Cluster;

public sealed class S9_Only_silos_of_the_cluster_get_in(StoryRun run, ClusterHome cluster) : IClassFixture<ClusterHome>, IDisposable
{
    private const int ConfigurationError = 78;
    private const int TryAgain = 75;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task Whoever_is_none_of_the_cluster_is_refused_with_the_reason_and_the_cluster_goes_on()
    {
        var (home, port) = (cluster.NewHome("member"), ClusterHome.FreePort());
        await using var member = await home.Start(cluster.Settings(home, port, Tls(authority)));

        // Another one of the cluster, with a certificate of its own, joins and is seen.
        var friend = cluster.NewHome("friend");
        await using (var second = await friend.Start(cluster.Settings(friend, ClusterHome.FreePort(), Tls(authority))))
        {
            Assert.DoesNotContain("Refused", second.Log + member.Log, StringComparison.Ordinal);
            Assert.Equal(0, await second.Stop());
        }

        // Two silos with one endpoint.
        await Refused("twin", $"Cluster:SiloPort: can't listen on 127.0.0.1:{port}: ", port, Tls(authority));

        // Another cluster's id, another database's Redis, a password.
        await Refused("other-id", "Cluster:Id: is 'green', but the database belongs to cluster 'tumbler'", null, [.. Tls(authority), "--Cluster:Id=green"]);
        cluster.NewDatabase("another");
        await Refused("other-database", "Cluster:Redis:ConnectionString: this Redis belongs to the cluster 'tumbler' of another database", null, [.. Tls(authority), .. cluster.Database(home, "another")]);
        await Refused("no-password", $"Cluster:Redis:ConnectionString: {cluster.Redis.Server} refuses the default user", null,
            [.. Tls(authority), $"--Cluster:Redis:ConnectionString_FILE={ClusterHome.Write(home, "wrong", $"{cluster.Redis.Server},password=secret-of-somebody")}"]);
        await Refused("no-redis", "Cluster:Redis:ConnectionString: 127.0.0.1:1 can't be reached", null,
            [.. Tls(authority), $"--Cluster:Redis:ConnectionString_FILE={ClusterHome.Write(home, "away", "127.0.0.1:1,password=secret-of-somebody")}"], TryAgain);

        // Plain TCP to the silo port.
        using (var plain = new TcpClient())
        {
            await plain.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await Until.True("the plain connection is refused", Patience, () => Task.FromResult(
                member.Log.Contains("the TLS handshake failed; the other side speaks no TLS", StringComparison.Ordinal)));
        }

        // A certificate of another CA: trusted by itself, by nobody else. It gives up when it may no longer try to join.
        if (StoryRun.Long)
        {
            using var foreign = new TestAuthority("another authority");
            await Refused("foreign", "Cluster: The silos of cluster 'tumbler' do not answer this one at ", null, Tls(foreign), TryAgain);
            Assert.Contains("the other side's certificate is not signed by one of the cluster's authorities", member.Log, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("   at ", member.Log, StringComparison.Ordinal);
        Assert.True((await member.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        Assert.Equal(0, await member.Stop());
    }

    [Fact]
    public async Task A_silo_ends_with_a_code_that_asks_for_a_restart_when_Redis_has_lost_its_data_and_its_successor_begins_anew()
    {
        StoryRun.LongFormOnly();
        var (home, port) = (cluster.NewHome("forgotten"), ClusterHome.FreePort());
        await using (var silo = await home.Start(cluster.Settings(home, port)))
        {
            await Until.True("the database knows that it serves", Patience, async () =>
                (await cluster.Redis.Ask("GET", "tumbler/tumbler/generation")).Length > 0 && silo.Log.Contains("Application started", StringComparison.Ordinal));
            await cluster.Redis.Ask("FLUSHALL");

            Assert.Equal(TryAgain, await silo.End());
            Assert.Contains("This silo ends, to be started again, because its cluster is over", silo.Log, StringComparison.Ordinal);
        }

        await using var next = await home.Start(cluster.Settings(home, port));
        run.Measured($"a silo alone, Redis flushed: ready again {next.StartedWithin.TotalSeconds:F1} s after it was started again");
        Assert.Equal(0, await next.Stop());
    }

    [Fact]
    public async Task A_killed_silo_that_starts_again_at_once_replaces_itself()
    {
        var (homes, ports) = (new[] { cluster.NewHome("stays"), cluster.NewHome("killed") }, new[] { ClusterHome.FreePort(), ClusterHome.FreePort() });
        await using var stays = await homes[0].Start(cluster.Settings(homes[0], ports[0]));
        await using (var killed = await homes[1].Start(cluster.Settings(homes[1], ports[1])))
            await killed.Kill();

        await using var again = await homes[1].Start(cluster.Settings(homes[1], ports[1]));

        run.Measured($"a killed silo of two, started again at once: ready after {again.StartedWithin.TotalSeconds:F1} s");
        Assert.True(again.StartedWithin < TimeSpan.FromSeconds(30));
        Assert.Equal(0, await again.Stop());
        Assert.Equal(0, await stays.Stop());
    }

    private static string[] Tls(TestAuthority signer) =>
        [$"--Cluster:Tls:Certificate:Path={signer.Issue("silo")}", $"--Cluster:Tls:Authorities={signer.Path}"];

    private async Task Refused(string name, string error, int? port, string[] settings, int code = ConfigurationError)
    {
        var home = cluster.NewHome(name);

        var ended = await SiloProcess.RunToEnd(home, cluster.Settings(home, port ?? ClusterHome.FreePort(), settings), patience: Patience);

        Assert.Equal(code, ended.Code);
        Assert.Contains($"\n  {error}", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-somebody", ended.Errors + ended.Output, StringComparison.Ordinal);
    }
}
