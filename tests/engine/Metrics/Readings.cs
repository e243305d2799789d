using System.Diagnostics.Metrics;
using Tumbler.Engine.Metrics;

namespace Tumbler.Engine.Tests.Metrics;

/// <summary>What a node's meter says: each observable number now, each other one since it was listened to, by name and label.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Dictionary<string, double> seen = [];

    public Readings(ProductMeter product)
    {
        listener.InstrumentPublished = (instrument, hearing) =>
        {
            if (instrument.Meter == product.Meter)
                hearing.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Keep(instrument, value, labels));
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Keep(instrument, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Keep(instrument, value, labels));
        listener.Start();
    }

    /// <summary>Null when it has no value.</summary>
    public double? Of(string name, string? label = null)
    {
        seen.Clear();
        listener.RecordObservableInstruments();
        return seen.TryGetValue(label is null ? name : $"{name}/{label}", out var value) ? value : null;
    }

    public void Dispose() => listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        seen[labels is [{ Value: string label }] ? $"{instrument.Name}/{label}" : instrument.Name] = value;
}
