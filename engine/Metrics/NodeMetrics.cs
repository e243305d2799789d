using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tokens;

namespace Tumbler.Engine.Metrics;

/// <summary>How this process is and what it has done: numbers that are kept anyway, read when somebody asks.</summary>
public sealed class NodeMetrics(
    ProductMeter product,
    RingMetrics rings,
    TokenIssuer issuer,
    TokenVerifier verifier,
    ApiKeyUses uses,
    OrganizationSnapshots organizations,
    SecurityEvents events,
    NodeLogWriter writer,
    SnapshotPoller poller,
    StoreClock storeClock,
    SilosSeen silos) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = product.Meter;
        rings.Publish(meter);
        ProcessMetrics.Publish(meter);
        meter.CreateObservableCounter(MetricNames.TokensIssued, () => issuer.Issued, description: "Access tokens issued.");
        meter.CreateObservableCounter(
            MetricNames.TokensVerified, () => verifier.Verified.Measurements(), description: "Tokens looked at here, by what was found.");
        meter.CreateObservableCounter(
            MetricNames.ApiKeysAccepted, () => uses.Total, description: "API keys presented and accepted. Those refused are security events.");
        meter.CreateObservableGauge(MetricNames.OrganizationsHeld, () => organizations.Count, description: "Organisations held ready, because they were used not long ago.");
        meter.CreateObservableGauge(
            MetricNames.AuditQueue, () => events.Waiting + writer.Pending, description: "Security events that wait to be written to the audit log.");
        meter.CreateObservableGauge(
            MetricNames.SnapshotAge, () => poller.Silence.TotalSeconds, description: "How old what this process knows of the store may be.");
        meter.CreateObservableGauge(
            MetricNames.ClockDifference, () => Known(storeClock.Difference?.TotalSeconds), description: "By how much this machine's clock is ahead of the database's.");
        meter.CreateObservableGauge(MetricNames.SilosSeen, () => silos.Count(), description: "Processes of this service that this one knows to be there, itself among them.");
        meter.CreateObservableGauge(
            MetricNames.SilosExpected, () => Known(silos.Expected), description: "How many there should be (Cluster:ExpectedSilos).");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is not known has no value, which is not the same as none.</summary>
    private static IEnumerable<Measurement<double>> Known(double? value) => value is { } known ? [new Measurement<double>(known)] : [];
}
