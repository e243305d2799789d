using System.Text.Json;

namespace Tumbler.Cli.Demo.Clock;

/// <summary>Finds out what a server's clock shows, from what the server says to everybody.</summary>
internal static class ServerClock
{
    /// <summary>Some of them are answered at once, and those tell it best.</summary>
    private const int Questions = 50;

    private static readonly Uri Live = new("/health/live", UriKind.Relative);

    /// <returns>Null when the clock does not run at that rate.</returns>
    public static async Task<FollowedClock?> Follow(HttpClient http, double rate, TimeProvider clock, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        var samples = new List<ClockSample>(Questions);
        while (samples.Count < Questions)
        {
            var asked = clock.GetElapsedTime(start);
            var body = await http.GetByteArrayAsync(Live, stop);
            samples.Add(new ClockSample(asked, clock.GetElapsedTime(start), JsonElement.Parse(body).GetProperty("time").GetDateTimeOffset()));
        }

        return ClockFit.Of(samples, rate) is { } fit ? new FollowedClock(clock, start, fit) : null;
    }
}
