using System.Diagnostics;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A load balancer that asks every silo all the while whether it should get requests.</summary>
internal sealed class ReadinessWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task watching;

    public ReadinessWatch(LocalCluster cluster) => watching = Watch(cluster);

    /// <summary>For how long, all together, it had nobody to send requests to.</summary>
    public TimeSpan AllAway { get; private set; }

    public async Task Stop()
    {
        await stop.CancelAsync();
        await watching;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stop.Dispose();
    }

    private async Task Watch(LocalCluster cluster)
    {
        var (nobody, last) = (false, Stopwatch.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            var ready = await Task.WhenAll(cluster.Silos.Select(silo => silo.IsReady()));
            if (nobody)
                AllAway += Stopwatch.GetElapsedTime(last);
            (nobody, last) = (!ready.Contains(true), Stopwatch.GetTimestamp());
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
