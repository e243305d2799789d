namespace Tumbler.Api.Metrics;

/// <summary>One metric under one set of labels. Many add to it at once.</summary>
/// <param name="labels">As they are written: <c>reason="unknown_key"</c>; empty for none.</param>
/// <param name="bounds">Of a histogram's buckets, rising; empty for what is none.</param>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    private readonly long[] buckets = new long[bounds.Length + 1];
    private double sum;

    public string Labels => labels;

    /// <summary>Of a histogram, of everything it was told.</summary>
    public double Sum => Volatile.Read(ref sum);

    /// <summary>One more than there are bounds: the last has no end.</summary>
    public IReadOnlyList<long> Buckets => [.. buckets.Select((_, n) => Interlocked.Read(ref buckets[n]))];

    public void Set(double value) => Volatile.Write(ref sum, value);

    public void Add(double value)
    {
        var seen = Volatile.Read(ref sum);
        while (Interlocked.CompareExchange(ref sum, seen + value, seen) is var found && !found.Equals(seen))
            seen = found;
    }

    public void Observe(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref buckets[bucket < 0 ? ~bucket : bucket]);
        Add(value);
    }
}
