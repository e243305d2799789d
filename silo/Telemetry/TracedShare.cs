using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Tumbler.Silo.Telemetry;

/// <summary>Of what begins a trace, a share is kept. Requests were chosen already, before they had a span; what else begins one is a
/// save that no traced request asked for.</summary>
internal sealed class TracedShare(double share) : Sampler
{
    private readonly TraceIdRatioBasedSampler others = new(share);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Server ? new(SamplingDecision.RecordAndSample) : others.ShouldSample(samplingParameters);
}
