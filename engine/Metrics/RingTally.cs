using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;

namespace Tumbler.Engine.Metrics;

/// <summary>What this process has saved of rings, since it started.</summary>
public sealed class RingTally
{
    private readonly long[] made = new long[Enum.GetValues<KeyOrigin>().Length];
    private long rotations;
    private long deactivated;

    /// <summary>Saves in which keys were made: by the clock, by hand, or because one was damaged.</summary>
    public long Rotations => Interlocked.Read(ref rotations);

    /// <summary>Keys that can sign no more.</summary>
    public long Deactivated => Interlocked.Read(ref deactivated);

    public long Made(KeyOrigin origin) => Interlocked.Read(ref made[(int)origin]);

    public void Saved(KeyRing? before, KeyRing after)
    {
        var difference = RingDifference.Between(before, after);
        foreach (var origin in difference.Made)
            Interlocked.Increment(ref made[(int)origin]);
        if (!difference.Made.IsEmpty)
            Interlocked.Increment(ref rotations);
        Interlocked.Add(ref deactivated, difference.Deactivated);
    }
}
