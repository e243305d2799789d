using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tumbler.Engine.Metrics;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Telemetry;

/// <summary>Pushes traces and metrics to a collector. Only here anything of OpenTelemetry is touched, so that a process without it
/// loads none of its assemblies.</summary>
/// <param name="name">Of this process among its like.</param>
internal sealed class OtlpExport(OtlpOptions options, string name) : IHostedService, IDisposable
{
    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Empty: what the settings say is all there is, no variable adds to it.
        var resource = ResourceBuilder.CreateEmpty().AddService("tumbler", serviceInstanceId: name);
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(ProductMeter.Name)
            .SetSampler(new ParentBasedSampler(new TracedShare(options.SampleRatio)))
            .AddOtlpExporter(exporter => Set(exporter, "v1/traces"))
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ProductMeter.Name)
            .AddOtlpExporter(exporter => Set(exporter, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What waits is sent first.</summary>
    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }

    private void Set(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = options.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = options.Protocol == OtlpProtocol.Grpc
            ? options.Endpoint : new Uri($"{options.Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
        exporter.Headers = options.Headers?.Reveal();
    }
}
