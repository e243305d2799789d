namespace Tumbler.Engine;

/// <summary>Reading the clock: once per operation, in whole milliseconds, so that what is stored and what is in
/// memory are the same instants.</summary>
public static class Clock
{
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var ticks = clock.GetUtcNow().UtcTicks;
        return new DateTimeOffset(ticks - ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
