using System.Diagnostics;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Edge;

/// <summary>A client that gets a token every five milliseconds, over one connection, and takes the time.</summary>
internal sealed class SteadyTokens(Silo silo) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient http = new() { BaseAddress = silo.Url };

    /// <returns>The 99th of a hundred.</returns>
    public async Task<TimeSpan> Run(TimeSpan time)
    {
        var (times, watch) = (new List<TimeSpan>(), Stopwatch.StartNew());
        using var beat = new PeriodicTimer(Beat, TimeProvider.System);
        while (watch.Elapsed < time && await beat.WaitForNextTickAsync())
        {
            var began = watch.Elapsed;
            await Ask();
            times.Add(watch.Elapsed - began);
        }

        times.Sort();
        return times[(int)Math.Ceiling(times.Count * 0.99) - 1];
    }

    public void Dispose() => http.Dispose();

    private async Task Ask()
    {
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", silo.KeyId), new("client_secret", silo.Key)]);
        using var answer = await http.PostAsync(new Uri("/oauth2/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
    }
}
