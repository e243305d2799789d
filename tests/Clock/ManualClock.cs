namespace Tumbler.Tests.Clock;

/// <summary>A clock that moves when told to, and a record of the timers asked of it. Advancing fires what falls due on
/// the way, each at its own instant; setting the clock fires nothing, as with a real one.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> armed = [];
    private long utcTicks = now.UtcTicks;
    private long elapsedTicks;

    /// <summary>May be read from any thread while one moves it.</summary>
    public DateTimeOffset Now
    {
        get => new(Volatile.Read(ref utcTicks), TimeSpan.Zero);
        set => Volatile.Write(ref utcTicks, value.UtcTicks);
    }

    public List<(TimeSpan Due, TimeSpan Period)> Timers { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Volatile.Read(ref elapsedTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = elapsedTicks + by.Ticks;
        while (NextDue(end) is { } timer)
        {
            Move(timer.DueTicks - elapsedTicks);
            timer.Fire();
        }

        Move(end - elapsedTicks);
    }

    private void Move(long ticks)
    {
        Volatile.Write(ref elapsedTicks, elapsedTicks + ticks);
        Now += TimeSpan.FromTicks(ticks);
    }

    private ManualTimer? NextDue(long end)
    {
        lock (gate)
            return armed.Where(timer => timer.DueTicks <= end).MinBy(timer => timer.DueTicks);
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        private TimeSpan period;

        public long DueTicks { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.Timers.Add((dueTime, period));
                this.period = period;
                Arm(dueTime);
            }

            return true;
        }

        public void Fire()
        {
            lock (clock.gate)
                Arm(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan);
            callback();
        }

        public void Dispose()
        {
            lock (clock.gate)
                Arm(Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan due)
        {
            clock.armed.Remove(this);
            if (due == Timeout.InfiniteTimeSpan)
                return;
            DueTicks = clock.elapsedTicks + due.Ticks;
            clock.armed.Add(this);
        }
    }
}
