using Tumbler.Bench.Load;

namespace Tumbler.Bench.Growth;

/// <summary>Loads in turns: whatever else the machine does for a while, it does to all sizes.</summary>
internal static class Turns
{
    private const double Micro = 1e6;

    /// <param name="loads">Each of a line and size.</param>
    public static IReadOnlyList<GrowthLine> Measure(string part, GrowthOptions options, IReadOnlyList<SizedLoad> loads)
    {
        var results = loads.Select(_ => new List<LoadResult>()).ToArray();
        if (options.WarmUpSeconds > 0)
        {
            foreach (var load in loads)
                load.Run(options.WarmUpSeconds);
        }

        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var (load, seen) in loads.Zip(results))
            {
                var result = load.Run(options.Seconds);
                seen.Add(result);
                Console.WriteLine(FormattableString.Invariant(
                    $"{part}, round {round}: {load.Size}, {load.Line}: {result.PerSecond:F0}/s, {result.CpuSeconds * Micro:F1} us of processor time each, p99 {result.P99:F2} ms"));
            }
        }

        return
        [
            .. loads.Zip(results).GroupBy(each => (each.First.Line, each.First.Unbounded)).Select(line => new GrowthLine(
                line.Key.Line, [.. line.OrderBy(each => each.First.Size).Select(each => Median(each.First.Size, each.Second))], line.Key.Unbounded)),
        ];
    }

    private static GrowthPoint Median(long size, List<LoadResult> rounds) => new(
        size,
        Math.Round(Comparison.Median(rounds.Select(round => round.PerSecond))),
        Math.Round(Comparison.Median(rounds.Select(round => round.P99)), 2),
        Math.Round(Comparison.Median(rounds.Select(round => round.CpuSeconds * Micro)), 1));
}
