namespace Tumbler.Bench.Growth;

/// <summary>Nothing may grow faster than logarithmically: from the smallest size to the largest, each doubling may add a sixteenth of what
/// it costs at the smallest. A tree gets one level deeper with a doubling: of a request of 30 µs a sixteenth is 2 µs, room for that level's
/// comparisons, each with a miss of every cache, for caches that hold less of more, and for a machine that is never quite calm. What is
/// worse is far beyond: at a thousandfold the bound is 1.6 times, a square root 32 times and a straight line a thousand times.</summary>
internal static class GrowthBound
{
    private const double Share = 1.0 / 16;

    /// <summary>Of the largest size's cost to the smallest's.</summary>
    public static double Ratio(GrowthLine line) => line.Points[^1].Cost / line.Points[0].Cost;

    public static double Most(GrowthLine line) => Most(line.Points[0].Size, line.Points[^1].Size);

    /// <summary>None counts as one: there is nothing to look for in either.</summary>
    public static double Most(long smallest, long largest) => 1 + Share * Math.Log2((double)largest / Math.Max(smallest, 1));

    public static bool Holds(GrowthLine line) => line.Unbounded is not null || Ratio(line) <= Most(line);
}
