namespace Tumbler.Engine.Store;

/// <summary>The time that all nodes of one store agree on: this machine's, less what it is ahead of the store's. Without it a key
/// would sign here before it is published there, by as much as the clocks differ. A clock that is altogether off is left as
/// it is, and the node not used.</summary>
public sealed class SharedClock(TimeProvider machine, StoreClock store) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        store.Difference is { } difference && difference.Duration() <= StoreClock.Most ? machine.GetUtcNow() - difference : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
