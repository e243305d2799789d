namespace Tumbler.Cli.Demo.Clock;

/// <summary>The server's clock, as those can know it who ask the server: the service and the verifier live by it. Both processes
/// count on the same machine's monotonic clock, so what is true once stays true.</summary>
/// <param name="start">The timestamp of the inner clock at which <paramref name="fit"/> begins.</param>
internal sealed class FollowedClock(TimeProvider inner, long start, ClockFit fit) : TimeProvider
{
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    /// <summary>How far it may be from the server's clock.</summary>
    public TimeSpan Error => fit.Error;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (inner.GetElapsedTime(start) * fit.Rate).Ticks;

    public override DateTimeOffset GetUtcNow() => fit.After(inner.GetElapsedTime(start));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FollowedTimer(inner.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    /// <summary>Rounded up to what timers can do: a period of nothing would fire only once.</summary>
    internal TimeSpan Real(TimeSpan simulated) =>
        simulated <= TimeSpan.Zero ? simulated : TimerResolution * Math.Ceiling(simulated / fit.Rate / TimerResolution);
}
