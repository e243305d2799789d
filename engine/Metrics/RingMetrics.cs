using System.Diagnostics.Metrics;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Protection;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Metrics;

/// <summary>Rings in numbers. There may be a hundred thousand: each number is of all that this process holds, never of one.</summary>
public sealed class RingMetrics(RingSnapshots rings, RotationFailures failures, RingTally tally, IKeyProtector protector, TimeProvider clock)
{
    private static readonly (KeyOrigin Origin, KeyValuePair<string, object?> Label)[] Origins =
        [.. Enum.GetValues<KeyOrigin>().Select(origin => (origin, KeyValuePair.Create(MetricNames.Origin, (object?)Names.SnakeCase(origin))))];

    /// <summary>Longer than a reading takes, and shorter than what comes between two.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly HashSet<string> given = [];
    private RingSums? sums;

    public void Publish(Meter meter)
    {
        meter.CreateObservableCounter(
            MetricNames.Rotations, () => tally.Rotations + failures.Total, description: "Attempts to bring a ring's keys up to date: those that made keys, and those that failed.");
        meter.CreateObservableCounter(MetricNames.RotationsDone, () => tally.Rotations, description: "Changes in which this process made keys.");
        meter.CreateObservableCounter(MetricNames.RotationsFailed, () => failures.Total, description: "Attempts in which this process could not do what was due in a ring.");
        meter.CreateObservableCounter(MetricNames.KeysDeactivated, () => tally.Deactivated, description: "Keys that this process has ended: they sign no more.");
        meter.CreateObservableCounter(
            MetricNames.KeysMade,
            () => Origins.Select(each => new Measurement<long>(tally.Made(each.Origin), each.Label)),
            description: "Signing keys that this process has made or taken in, by why they sign when they do. A hurried one was published too late.");
        meter.CreateObservableGauge(MetricNames.KeysActive, () => Sums(MetricNames.KeysActive).Active, description: "Keys that verifiers accept, in the rings held here.");
        meter.CreateObservableGauge(MetricNames.RingsHeld, () => rings.Count, description: "Rings held ready, because they were used not long ago or are configured.");
        meter.CreateObservableGauge(MetricNames.RingsFailing, () => failures.Count, description: "Rings of which this process could not do what was due when it last tried.");
        meter.CreateObservableGauge(MetricNames.RingsUnsigned, () => Sums(MetricNames.RingsUnsigned).Unsigned, description: "Rings held here in which no key can sign.");
        meter.CreateObservableGauge(
            MetricNames.RingsHurried, () => Sums(MetricNames.RingsHurried).Hurried, description: "Rings held here with a key that signs, or will, and was published too late for verifiers that cache.");
        meter.CreateObservableGauge(
            MetricNames.LeadLeft, () => Known(Sums(MetricNames.LeadLeft).LeadLeft), description: "For how long keys are there already: the least of the rings held here.");
        meter.CreateObservableGauge(
            MetricNames.LeadLeftRatio, () => Known(Sums(MetricNames.LeadLeftRatio).LeadsLeft), description: "The same in leads of its ring. Below 1 a key should be published and is not there.");
        meter.CreateObservableGauge(
            MetricNames.CertificateLeft, Certificates, description: "How long the key-encryption certificates are valid, by what they are for: of several the least.");
    }

    /// <summary>The numbers of one reading come from one look at all rings. Who asks for the same number again, or later, gets a
    /// new look.</summary>
    private RingSums Sums(string number)
    {
        lock (gate)
        {
            var now = clock.Now();
            if (sums is null || now - sums.At >= Fresh || given.Contains(number))
            {
                sums = RingSums.Of(rings.Glances(now), now);
                given.Clear();
            }

            given.Add(number);
            return sums;
        }
    }

    private static IEnumerable<Measurement<double>> Known(double? value) => value is { } known ? [new Measurement<double>(known)] : [];

    private IEnumerable<Measurement<double>> Certificates() => protector.Certificates
        .GroupBy(each => each.Role)
        .Select(each => new Measurement<double>(
            (each.Min(certificate => certificate.NotAfter) - clock.Now()).TotalSeconds,
            KeyValuePair.Create(MetricNames.Role, (object?)Names.SnakeCase(each.Key))));
}
