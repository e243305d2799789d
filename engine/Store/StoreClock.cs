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

    /// <summary>A reading that fits what is known changes nothing: time would stumble with every one.</summary>
    /// <param name="before">This machine's clock when the store was asked.</param>
    /// <param name="after">The same when it had answered.</param>
    public void Compare(DateTimeOffset storeTime, DateTimeOffset before, DateTimeOffset after)
    {
        var error = (after - before) / 2;
        var read = before + error - storeTime;
        if (Difference is not { } known || (read - known).Duration() > error.Duration() + Jitter)
            Volatile.Write(ref ticks, read.Ticks);
    }
}
