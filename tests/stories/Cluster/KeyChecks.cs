using System.Collections.Concurrent;
using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>Services that have one API key checked by the gateway and by every silo, all the while.</summary>
internal sealed class KeyChecks : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<string> failures = [];
    private readonly NewApiKey key;
    private readonly Task checking;
    private long slowest;
    private int count;

    private KeyChecks(LocalCluster cluster, NewApiKey key)
    {
        this.key = key;
        checking = Task.WhenAll(cluster.Silos.Select(silo => Repeat(silo.Name, silo.Admin)).Append(Repeat("gateway", cluster.Admin)));
    }

    /// <summary>What was not answered by "valid".</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public int Count => count;

    public TimeSpan Slowest => TimeSpan.FromTicks(Interlocked.Read(ref slowest));

    /// <returns>When each of them knows the key.</returns>
    public static async Task<KeyChecks> Start(LocalCluster cluster, NewApiKey key)
    {
        foreach (var silo in cluster.Silos)
            await Until.True($"{silo.Name} knows the key", TimeSpan.FromSeconds(10), async () => (await silo.Admin.VerifyApiKey(key.Key)).Valid);
        return new KeyChecks(cluster, key);
    }

    public async Task Stop()
    {
        await stop.CancelAsync();
        await checking;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stop.Dispose();
    }

    private async Task Repeat(string at, AdminClient admin)
    {
        while (!stop.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            try
            {
                if (await admin.VerifyApiKey(key.Key) is { Valid: false } verdict)
                    failures.Enqueue($"{at}: {verdict.Reason}");
            }
            catch (Exception e) when (e is HttpRequestException or RefusedException or TaskCanceledException)
            {
                failures.Enqueue($"{at}: {e.Message}");
            }

            Interlocked.Increment(ref count);
            Longest(watch.Elapsed.Ticks);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private void Longest(long ticks)
    {
        for (var known = Interlocked.Read(ref slowest); ticks > known;)
            known = Interlocked.CompareExchange(ref slowest, ticks, known) is var seen && seen == known ? ticks : seen;
    }
}
