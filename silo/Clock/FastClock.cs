using System.Text.Json;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Clock;

/// <summary>A clock that runs <c>rate</c> times faster than the one inside it: days of rotation in minutes. It goes on over
/// restarts, so that a minute of standstill is as long, simulated, as a minute of running.</summary>
public sealed class FastClock : TimeProvider
{
    public const string AnchorFile = "clock.anchor";

    private static readonly JsonSerializerOptions Strict = new() { RespectRequiredConstructorParameters = true };

    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider inner;
    private readonly double rate;
    private readonly DateTimeOffset start;
    private readonly long startTimestamp;

    private FastClock(TimeProvider inner, double rate, DateTimeOffset start, long startTimestamp) =>
        (this.inner, this.rate, this.start, this.startTimestamp) = (inner, rate, start, startTimestamp);

    /// <summary>Goes on from the anchor in the data directory, or sets it: at first the simulated time is the real one. With
    /// another rate than before the anchor moves to this instant, so that simulated time goes on from where it is.</summary>
    /// <exception cref="JsonException">The anchor is damaged.</exception>
    public static FastClock Open(DataDirectory directory, double rate, TimeProvider inner)
    {
        // At the same moment: what passes in between would be missing, many times over, and processes with one anchor disagree.
        var (now, timestamp) = (inner.GetUtcNow(), inner.GetTimestamp());
        var anchor = directory.Has(AnchorFile)
            ? JsonSerializer.Deserialize<ClockAnchor>(directory.Read(AnchorFile), Strict) ?? throw new JsonException($"{AnchorFile} is empty.")
            : null;
        var start = anchor?.SimulatedAt(now) ?? now;
        if (anchor?.Rate != rate)
            directory.Write(AnchorFile, JsonSerializer.Serialize(new ClockAnchor(now, start, rate)));
        return new FastClock(inner, rate, start, timestamp);
    }

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(inner.CreateTimer(callback, state, RealDue(dueTime), RealPeriod(period)), this);

    /// <summary>One resolution of real timers more: they count from the last tick, not from now, and that bit too early
    /// would be seconds too early in simulated time.</summary>
    internal TimeSpan RealDue(TimeSpan simulated) => simulated > TimeSpan.Zero ? RealPeriod(simulated) + Resolution : simulated;

    /// <summary>Rounded up to the resolution of real timers: a period of nothing would fire only once.</summary>
    internal TimeSpan RealPeriod(TimeSpan simulated) =>
        simulated == Timeout.InfiniteTimeSpan ? simulated : TimeSpan.FromMilliseconds(Math.Ceiling(simulated.TotalMilliseconds / rate));

    // From the monotonic clock: setting the system's clock moves nothing while the process runs.
    private TimeSpan Elapsed => inner.GetElapsedTime(startTimestamp) * rate;
}
