namespace Tumbler.Api.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
