using System.Diagnostics.Metrics;
using Tumbler.Api.Metrics;
using Tumbler.Engine.Metrics;

namespace Tumbler.Api.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly ProductMeter product = new();
    private readonly MetricsBook book;

    public PrometheusTextTests() => book = new MetricsBook(product);

    public void Dispose()
    {
        book.Dispose();
        product.Dispose();
    }

    [Fact]
    public void Counters_and_what_goes_up_and_down()
    {
        var requests = product.Meter.CreateCounter<long>("requests_total", description: "All of them,\nwith a \\.");
        var open = product.Meter.CreateUpDownCounter<int>("open");
        product.Meter.CreateObservableGauge("heat", () => 36.6);
        requests.Add(2);
        requests.Add(3);
        open.Add(5);
        open.Add(-1);

        const string expected =
            "# HELP heat \n# TYPE heat gauge\nheat 36.6\n"
            + "# HELP open \n# TYPE open gauge\nopen 4\n"
            + "# HELP requests_total All of them,\\nwith a \\\\.\n# TYPE requests_total counter\nrequests_total 5\n";
        Assert.Equal(expected, Read());
        Assert.Equal(expected, Read());
    }

    [Fact]
    public void Labels_are_written_so_that_nobody_breaks_out_of_them()
    {
        var counter = product.Meter.CreateCounter<long>("c");
        counter.Add(1, KeyValuePair.Create<string, object?>("a", "x\"y\\z\n"));
        counter.Add(1, KeyValuePair.Create<string, object?>("a", "b"));
        counter.Add(2, KeyValuePair.Create<string, object?>("a", "b"));
        counter.Add(1, KeyValuePair.Create<string, object?>("a", "b"), KeyValuePair.Create<string, object?>("n", 7));
        Assert.Equal("# HELP c \n# TYPE c counter\nc{a=\"b\"} 3\nc{a=\"b\",n=\"7\"} 1\nc{a=\"x\\\"y\\\\z\\n\"} 1\n", Read());
    }

    [Fact]
    public void A_histogram_has_buckets_that_grow_a_sum_and_a_count()
    {
        var latency = product.Meter.CreateHistogram("latency", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in (double[])[0.05, 0.1, 0.5, 7])
            latency.Record(value, KeyValuePair.Create<string, object?>("route", "token"));
        Assert.Equal(
            "# HELP latency \n# TYPE latency histogram\n"
            + "latency_bucket{route=\"token\",le=\"0.1\"} 2\nlatency_bucket{route=\"token\",le=\"1\"} 3\nlatency_bucket{route=\"token\",le=\"+Inf\"} 4\n"
            + "latency_sum{route=\"token\"} 7.65\nlatency_count{route=\"token\"} 4\n",
            Read());
    }

    [Fact]
    public void Made_up_labels_take_no_more_memory_than_a_number_of_them()
    {
        var counter = product.Meter.CreateCounter<long>("c");
        for (var n = 0; n < 10_000; n++)
            counter.Add(1, KeyValuePair.Create<string, object?>("who", $"{n}"));
        var lines = Read().Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.Equal(MetricFamily.MostSeries + 1, lines.Length);
        Assert.Contains($"c{{overflow=\"true\"}} {10_000 - MetricFamily.MostSeries}", lines);
    }

    [Fact]
    public void Another_product_in_the_same_process_is_not_ours()
    {
        using var other = new ProductMeter();
        other.Meter.CreateCounter<long>("theirs").Add(1);
        Assert.Equal("", Read());
    }

    [Fact]
    public void Many_add_at_once_and_nothing_is_lost()
    {
        var counter = product.Meter.CreateCounter<long>("c");
        Parallel.For(0, 4, _ =>
        {
            for (var n = 0; n < 10_000; n++)
                counter.Add(1, KeyValuePair.Create<string, object?>("a", "b"));
        });
        Assert.Contains("c{a=\"b\"} 40000\n", Read(), StringComparison.Ordinal);
    }

    private string Read() => PrometheusText.Of(book.Read());
}
