using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Micro;

/// <summary>What the whole server allocates for a request, as it says itself: a silo as a process of its own, with the embedded store,
/// and one client that sends one request after the other.</summary>
internal static class RequestBytes
{
    private const int WarmUps = 300, Counted = 1_000, Windows = 2, MostWindows = 6;

    /// <summary>A server does some things every second, too. On a machine that is so busy that a window takes longer than this, they would be
    /// too much of it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <returns>Nothing, and why, where it can't be counted.</returns>
    public static async Task<(IReadOnlyList<(string Name, long Bytes)> Counts, string? Uncounted)> Count()
    {
        await using var silo = await Silo.Start(database: null);
        using var http = new HttpClient { BaseAddress = silo.Url };
        (string Name, Func<HttpRequestMessage> Request)[] paths =
        [
            ("token", () => Post("/oauth2/token", $"grant_type=client_credentials&client_id={silo.KeyId}&client_secret={silo.Key}", "application/x-www-form-urlencoded")),
            ("jwks", () => new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json")),
            ("api-key-verify", () => Post("/api/v1/api-keys/verify", $$"""{"key":"{{silo.Key}}"}""", "application/json")),
        ];

        var counts = new List<(string, long)>();
        foreach (var (name, request) in paths)
        {
            await Send(http, request, WarmUps);
            if (await Least(silo, () => Send(http, request, Counted)) is not { } bytes)
                return ([], $"{Counted} requests took longer than {Longest.TotalSeconds} s: the machine is too busy with other things");
            counts.Add((name, bytes / Counted));
        }

        return (counts, null);
    }

    /// <summary>What happens now and then, happens in some windows and not in all.</summary>
    /// <returns>Null when none of them was short enough.</returns>
    private static async Task<long?> Least(Silo silo, Func<Task> act)
    {
        var counts = new List<double>();
        for (var window = 0; window < MostWindows && counts.Count < Windows; window++)
        {
            var asking = await silo.Allocated();
            var before = await silo.Allocated();
            var watch = Stopwatch.StartNew();
            await act();
            var took = watch.Elapsed;
            var after = await silo.Allocated();
            if (took < Longest)
                counts.Add(after - before - (before - asking));
        }

        return counts.Count > 0 ? (long)counts.Min() : null;
    }

    private static async Task Send(HttpClient http, Func<HttpRequestMessage> request, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var message = request();
            using var answer = await http.SendAsync(message);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static HttpRequestMessage Post(string path, string body, string type) =>
        new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.ASCII, new MediaTypeHeaderValue(type)) };
}
