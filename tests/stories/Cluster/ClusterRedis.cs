using System.Diagnostics;
using System.Globalization;

namespace Tumbler.Stories.Tests.Cluster;

public sealed class ClusterRedis(LocalCluster cluster) : ClusterPart(cluster, "redis")
{
    /// <summary>All data are gone while it runs on.</summary>
    public async Task Flush() => Assert.Equal("OK", await Ask("FLUSHALL"));

    /// <summary>An empty one is at its address.</summary>
    public async Task Replace()
    {
        await Kill(hold: true);
        Directory.Delete(Path.Combine(Folder, "appendonlydir"), recursive: true);
        await Start();
    }

    /// <summary>What <c>redis-cli</c> answers.</summary>
    public async Task<string> Ask(params string[] command)
    {
        var start = new ProcessStartInfo("redis-cli", ["-p", Cluster.Ports.Redis.ToString(CultureInfo.InvariantCulture), .. command])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["REDISCLI_AUTH"] = Cluster.Secret("redis-password");
        using var cli = Process.Start(start)!;
        var answer = await cli.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await cli.WaitForExitAsync(TestContext.Current.CancellationToken);
        return answer.Trim();
    }
}
