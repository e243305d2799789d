using System.Text.Json;

namespace Tumbler.Stories.Tests.Guarding;

/// <summary>The fast clock of a silo, for whoever lives with it.</summary>
internal sealed class RateClock : TimeProvider
{
    private readonly double rate;
    private readonly DateTimeOffset start;
    private readonly long startTimestamp;

    private RateClock(Tie anchor)
    {
        (rate, startTimestamp) = (anchor.Rate, System.GetTimestamp());
        start = anchor.Simulated + (System.GetUtcNow() - anchor.Real) * rate;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <param name="anchorFile">Where the silo ties simulated time to real time.</param>
    public static RateClock Of(string anchorFile) => new(JsonSerializer.Deserialize<Tie>(File.ReadAllText(anchorFile))!);

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new RateTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    private TimeSpan Elapsed => System.GetElapsedTime(startTimestamp) * rate;

    /// <summary>In whole milliseconds, as real timers have it: a period of nothing would fire only once.</summary>
    private TimeSpan Real(TimeSpan simulated) =>
        simulated <= TimeSpan.Zero ? simulated : TimeSpan.FromMilliseconds(Math.Ceiling(simulated.TotalMilliseconds / rate));

    private sealed record Tie(DateTimeOffset Real, DateTimeOffset Simulated, double Rate);

    private sealed class RateTimer(ITimer inner, RateClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
