namespace Tumbler.Bench.Tests.Sending;

/// <summary>A clock on which each look at it takes two microseconds, and nothing else any time unless told so.</summary>
internal sealed class LookedAtClock : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref ticks, 2 * TimeSpan.TicksPerMicrosecond);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
