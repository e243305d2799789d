namespace Tumbler.Bench.Load;

/// <summary>What a request takes, in the median of all rounds.</summary>
internal sealed class RequestCosts
{
    private readonly List<(LoadResult Load, double Bytes)> rounds = [];

    /// <param name="bytes">Allocated for each.</param>
    public void Add(LoadResult load, double bytes) => rounds.Add((load, bytes));

    public void Print() => Console.WriteLine(FormattableString.Invariant(
        $"a request: p50 {Median(each => each.Load.P50):F2} ms, p99 {Median(each => each.Load.P99):F2} ms, p99.9 {Median(each => each.Load.P999):F2} ms; {Median(each => each.Load.CpuSeconds * 1e6):F1} us of processor time, {Median(each => each.Bytes):F0} bytes allocated"));

    private double Median(Func<(LoadResult Load, double Bytes), double> what) => Comparison.Median(rounds.Select(what));
}
