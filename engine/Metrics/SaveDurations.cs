using System.Diagnostics.Metrics;
using Tumbler.Contracts.Input;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Metrics;

/// <summary>How long the store takes.</summary>
/// <param name="machine">The machine's own clock: it times what the store does.</param>
public sealed class SaveDurations(ProductMeter product, TimeProvider machine)
{
    /// <summary>Of a save that threw.</summary>
    public const string Failed = "failed";

    private readonly Histogram<double> durations = product.Meter.CreateHistogram<double>(
        MetricNames.SaveDuration, description: "How long the store took to save a change, by what became of it.");

    public long Begin() => machine.GetTimestamp();

    /// <param name="outcome">Null of a save that threw.</param>
    /// <returns>How it is called.</returns>
    public string End(long began, SaveOutcome? outcome)
    {
        var name = outcome is { } known ? Names.SnakeCase(known) : Failed;
        durations.Record(machine.GetElapsedTime(began).TotalSeconds, KeyValuePair.Create(MetricNames.Outcome, (object?)name));
        return name;
    }
}
