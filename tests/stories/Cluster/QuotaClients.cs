using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>Twenty clients of one organisation who use one route of all silos, more often than they may.</summary>
internal sealed class QuotaClients : IAsyncDisposable
{
    private const int Number = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<TimeSpan> taken = [];
    private readonly ConcurrentQueue<string> wrong = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Task working;
    private int refused;

    public QuotaClients(LocalCluster cluster, string path, string key) =>
        working = Task.WhenAll(Enumerable.Range(0, Number).Select(n => Repeat(cluster.Silos[n % cluster.Silos.Count].Http, path, key)));

    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>When each was answered, from the first on.</summary>
    public IReadOnlyList<TimeSpan> Taken
    {
        get
        {
            var all = taken.Order().ToArray();
            return [.. all.Select(time => time - all[0])];
        }
    }

    public int Refused => Volatile.Read(ref refused);

    /// <summary>Answers that are neither, or that don't say how often still.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>How many were let through in each window. One begins with the first use after the last, and all of it is used up
    /// soon; so they are told apart in the middle between two, where an answer that took its time is nobody else's.</summary>
    public IReadOnlyList<int> Windows(TimeSpan length) =>
        [.. Taken.GroupBy(time => (int)((time + length / 2) / length)).OrderBy(window => window.Key).Select(window => window.Count())];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await working;
        stop.Dispose();
    }

    private async Task Repeat(HttpClient silo, string path, string key)
    {
        while (!stop.IsCancellationRequested)
        {
            await Ask(silo, path, key);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task Ask(HttpClient silo, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-API-Key", key);
        try
        {
            using var answer = await silo.SendAsync(request, CancellationToken.None);
            if (Note(answer) is { } complaint)
                wrong.Enqueue(complaint);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            // It was killed.
        }
    }

    private string? Note(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.OK)
            taken.Enqueue(watch.Elapsed);
        else if (answer.StatusCode == HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter?.Delta > TimeSpan.Zero)
            Interlocked.Increment(ref refused);
        else if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            return answer.ToString();
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable || Limit(answer) == "100" ? null : $"no limit: {answer}";
    }

    private static string? Limit(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-RateLimit-Limit", out var values) ? string.Join(" ", values) : null;
}
