using System.Diagnostics.Metrics;
using Tumbler.Contracts.Input;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Limits;

namespace Tumbler.Engine.Metrics;

/// <summary>What is turned away, in numbers that are kept anyway: they are read when somebody asks.</summary>
public static class SecurityMetrics
{
    private static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetValues<SecurityReason>().Select(reason => KeyValuePair.Create(MetricNames.Reason, (object?)Names.SnakeCase(reason)))];

    public static ProductMeter Publish(this ProductMeter product, SecurityEvents events, FailedAttempts attempts)
    {
        product.Meter.CreateObservableCounter(
            MetricNames.SecurityEvents, () => Measure(events), description: "Requests turned away, by reason: failed authentication, missing rights, limits.");
        product.Meter.CreateObservableCounter(
            MetricNames.SecurityEventsDropped, () => events.Dropped, description: "Of these, how many stand in the audit log as a number only.");
        product.Meter.CreateObservableUpDownCounter(
            MetricNames.AddressesWithFailures, () => (long)attempts.Count, description: "Addresses from which authentication has failed not long ago.");
        return product;
    }

    private static IEnumerable<Measurement<long>> Measure(SecurityEvents events) =>
        events.Totals.Index().Where(each => each.Item > 0).Select(each => new Measurement<long>(each.Item, Reasons[each.Index]));
}
