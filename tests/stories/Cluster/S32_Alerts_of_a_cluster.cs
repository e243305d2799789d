using System.Diagnostics;
using Tumbler.Stories.Tests.Monitoring;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Cluster;

public sealed class S32_Alerts_of_a_cluster(StoryRun run)
{
    private const int Ahead = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_of_two_is_killed_and_comes_back_from_the_future()
    {
        StoryRun.LongFormOnly();
        await using var cluster = new ClusterHome(run);
        await cluster.InitializeAsync();
        run.Secrets.Add(S32_Alerts_fire_and_clear.Token);
        var (home, otherHome) = (cluster.NewHome("alerts-one"), cluster.NewHome("alerts-other"));
        await using var one = await home.Start(Settings(cluster, home));
        var other = await otherHome.Start(Settings(cluster, otherHome));
        await using var prometheus = await PrometheusServer.Start(run, S32_Alerts_fire_and_clear.Token, home.Url, otherHome.Url);
        await prometheus.Clears("TumblerClusterSplit");

        await other.Kill();
        await other.DisposeAsync();
        await prometheus.Fires("TumblerClusterSplit");
        using (var late = InTheFuture(otherHome, Settings(cluster, otherHome)))
        {
            await prometheus.Fires("TumblerClockOff");
            late.Kill();
            await late.End(Patience);
        }

        await using var again = await otherHome.Start(Settings(cluster, otherHome));
        await prometheus.Clears("TumblerClockOff");
        await prometheus.Clears("TumblerClusterSplit");
    }

    /// <summary>It is never ready, so nobody waits for it.</summary>
    private LoggedProcess InTheFuture(SiloHome home, string[] settings)
    {
        string[] arguments = [run.SiloAssembly, "--urls", home.Issuer, .. settings];
        var start = new ProcessStartInfo("sh", ["-c", $"exec {FakeTime.Ahead(Ahead)} dotnet \"$@\"", "sh", .. arguments]) { WorkingDirectory = home.Directory };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        return LoggedProcess.Start(start, run.NewLog(home.Name));
    }

    /// <summary>With a port that nobody has at this moment: what was free before may be a client's by now.</summary>
    private static string[] Settings(ClusterHome cluster, SiloHome home) => cluster.Settings(
        home, ClusterHome.FreePort(), "--Cluster:ExpectedSilos=2", $"--Telemetry:MetricsToken={S32_Alerts_fire_and_clear.Token}");
}
