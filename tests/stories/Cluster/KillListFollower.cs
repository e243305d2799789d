using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Tumbler.Stories.Tests.Foreign;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A service that follows a silo's kill list as a stream of events. What jose does not verify is no news.</summary>
internal sealed class KillListFollower : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<string, long> named = [];
    private readonly Jose jose;
    private readonly string issuer;
    private Task following = Task.CompletedTask;

    private KillListFollower(ClusterSilo silo, Jose jose, string issuer) => (Silo, this.jose, this.issuer) = (silo, jose, issuer);

    public ClusterSilo Silo { get; }

    public long Number { get; private set; } = -1;

    /// <summary>What the connection broke with, if it did.</summary>
    public Exception? Broken { get; private set; }

    public static async Task<KillListFollower> Start(ClusterSilo silo, Jose jose, string issuer, string ring)
    {
        var follower = new KillListFollower(silo, jose, issuer);
        follower.following = follower.Follow($"/api/v1/revocations/{ring}/events");
        await Until.True($"{silo.Name} sends a list", TimeSpan.FromSeconds(20), () => Task.FromResult(follower.Number >= 0));
        return follower;
    }

    /// <summary>When it was named in an event that came from the silo; null while it is not named.</summary>
    /// <param name="what">As <c>jti 0b6a…</c>.</param>
    public long? NamedAt(string what) => named.TryGetValue(what, out var at) ? at : null;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await following;
        end.Dispose();
    }

    private async Task Follow(string path)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            using var answer = await Silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            using var lines = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(end.Token));
            while (await lines.ReadLineAsync(end.Token) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    Take(await jose.KillList(issuer, line["data: ".Length..]), Stopwatch.GetTimestamp());
            }
        }
        catch (OperationCanceledException)
        {
            // The story is over.
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            Broken = e;
        }
    }

    private void Take(JsonElement list, long at)
    {
        if (!list.TryGetProperty("since", out var since))
            named.Clear();
        else
            Assert.True(since.GetInt64() <= Number, "A part begins after what is known.");
        foreach (var kind in list.GetProperty("revoked").EnumerateObject())
        {
            foreach (var entry in kind.Value.EnumerateObject())
                named.TryAdd($"{kind.Name} {entry.Name}", at);
        }

        if (list.TryGetProperty("lifted", out var lifted))
        {
            foreach (var kind in lifted.EnumerateObject())
            {
                foreach (var entry in kind.Value.EnumerateObject())
                    named.TryRemove($"{kind.Name} {entry.Name}", out _);
            }
        }

        Number = list.GetProperty("number").GetInt64();
    }
}
