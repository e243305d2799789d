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

    /// <summary>For answers that say when something holds: what was decided for an instant is seen only once it is saved.</summary>
    public static DateTimeOffset NotBefore(this TimeProvider clock, DateTimeOffset decided)
    {
        var now = clock.Now();
        return decided > now ? decided : now;
    }
}
