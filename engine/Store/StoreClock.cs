namespace Tumbler.Engine.Store;

/// <summary>How far this machine's clock is from that of the store, which all nodes share.</summary>
public sealed class StoreClock
{
    /// <summary>A clock that is farther off is broken, and nobody knows which of the two it is.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    /// <summary>What two readings may differ by although no clock was set.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(10);

    private long ticks = long.MinValue;

    /// <summary>Positive when this machine's is ahead; null while it is not known, and where there is nothing to compare with.</summary>
    public TimeSpan? Difference => Volatile.Read(ref ticks) is var known and not long.MinValue ? TimeSpan.FromTicks(known) : null;

    public bool IsOff => Difference is { } difference && difference.Duration() > Most;

    /// <summary>The store read its clock at some time between question and answer, so a reading leaves as much open as it took. What
    /// it does not contradict stays as it is, and what it does is moved no farther than it must: time does not stumble with
    /// every reading, and a slow first one says little.</summary>
    /// <param name="before">This machine's clock when the store was asked.</param>
    /// <param name="after">The same when it had answered.</param>
    public void Compare(DateTimeOffset storeTime, DateTimeOffset before, DateTimeOffset after)
    {
        var (least, most, known) = (before - storeTime, after - storeTime, Difference ?? TimeSpan.Zero);
        var difference = known < least - Jitter ? least : known > most + Jitter ? most : known;
        Volatile.Write(ref ticks, difference.Ticks);
    }
}
