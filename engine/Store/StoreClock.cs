namespace Tumbler.Engine.Store;

/// <summary>How far this machine's clock is from that of the store, which all nodes share.</summary>
public sealed class StoreClock
{
    /// <summary>Keys are destroyed a minute after the last of them signed, by the clock of whoever looks; with clocks that are
    /// farther apart than half of that, a key could be gone that another node signs with.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    private long ticks = long.MinValue;

    /// <summary>Positive when this machine's is ahead; null while it is not known, and where there is nothing to compare with.</summary>
    public TimeSpan? Difference => Volatile.Read(ref ticks) is var known and not long.MinValue ? TimeSpan.FromTicks(known) : null;

    public bool IsOff => Difference is { } difference && difference.Duration() > Most;

    /// <param name="before">This machine's clock when the store was asked.</param>
    /// <param name="after">The same when it had answered.</param>
    public void Compare(DateTimeOffset storeTime, DateTimeOffset before, DateTimeOffset after) =>
        Volatile.Write(ref ticks, (before + (after - before) / 2 - storeTime).Ticks);
}
