namespace Tumbler.Silo.Tests.Clock;

/// <summary>A clock that moves when told to, and a record of the timers asked of it.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private long timestamp;

    public DateTimeOffset Now { get; set; } = now;

    public List<(TimeSpan Due, TimeSpan Period)> Timers { get; } = [];

    public override long TimestampFrequency => 1_000_000_000;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => timestamp;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        Now += by;
        timestamp += by.Ticks * 100;
    }

    private sealed class ManualTimer(ManualClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Timers.Add((dueTime, period));
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
