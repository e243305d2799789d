using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tumbler.Engine.Metrics;

namespace Tumbler.Api.Metrics;

/// <summary>Keeps what the product's meter says, for whoever asks for it.</summary>
internal sealed class MetricsBook : IDisposable
{
    private readonly ConcurrentBag<MetricFamily> families = [];
    private readonly MeterListener listener = new();

    public MetricsBook(ProductMeter product)
    {
        // By the meter itself, not by its name: a process may have another product in it.
        listener.InstrumentPublished = (instrument, hearing) =>
        {
            if (instrument.Meter != product.Meter)
                return;
            var family = new MetricFamily(instrument);
            families.Add(family);
            hearing.EnableMeasurementEvents(instrument, family);
        };
        listener.SetMeasurementEventCallback<int>(static (_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        listener.Start();
    }

    /// <summary>As it is now, in the order of names.</summary>
    public IReadOnlyList<MetricFamily> Read()
    {
        listener.RecordObservableInstruments();
        return [.. families.OrderBy(family => family.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => listener.Dispose();
}
