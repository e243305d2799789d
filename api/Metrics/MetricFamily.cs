using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Tumbler.Api.Metrics;

/// <summary>One metric with all its labels. Whoever makes up labels gets no memory for it: beyond a number, all go into one series.</summary>
internal sealed class MetricFamily
{
    public const int MostSeries = 200;

    private const string Overflow = "overflow=\"true\"";

    /// <summary>Seconds.</summary>
    private static readonly double[] Latencies = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Name, string Value), MetricSeries> byOneLabel = [];
    private readonly ConcurrentDictionary<string, MetricSeries> series = [];
    private readonly bool isObservable;

    public MetricFamily(Instrument instrument)
    {
        (Name, Help, isObservable) = (instrument.Name, instrument.Description ?? "", instrument.IsObservable);
        var type = instrument.GetType().GetGenericTypeDefinition();
        Kind = type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        Bounds = Kind == MetricKind.Histogram ? [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? Latencies] : [];
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public double[] Bounds { get; }

    public IEnumerable<MetricSeries> Series => series.Values.OrderBy(each => each.Labels, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var one = SeriesOf(labels);
        if (Kind == MetricKind.Histogram)
            one.Observe(value);
        else if (isObservable)
            one.Set(value);
        else
            one.Add(value);
    }

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels is not [{ Value: string only } single])
            return SeriesOf(Text(labels));
        if (byOneLabel.TryGetValue((single.Key, only), out var known))
            return known;
        var found = SeriesOf(Text(labels));
        if (found.Labels != Overflow)
            byOneLabel[(single.Key, only)] = found;
        return found;
    }

    private MetricSeries SeriesOf(string labels)
    {
        if (series.TryGetValue(labels, out var known))
            return known;
        return series.GetOrAdd(series.Count < MostSeries ? labels : Overflow, text => new MetricSeries(text, Bounds));
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var texts = new string[labels.Length];
        for (var n = 0; n < labels.Length; n++)
            texts[n] = $"{labels[n].Key}=\"{Escaped(Convert.ToString(labels[n].Value, CultureInfo.InvariantCulture) ?? "")}\"";
        return string.Join(',', texts);
    }

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
