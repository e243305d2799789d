using System.Diagnostics;
using Tumbler.Engine.Metrics;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Telemetry;
using Tumbler.Tests.Otlp;

namespace Tumbler.Silo.Tests.Telemetry;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task Traces_and_metrics_arrive_at_the_collector_with_the_header()
    {
        await using var collector = await OtlpCollector.Start();
        using (var product = new ProductMeter())
        using (var export = new OtlpExport(new OtlpOptions(collector.Address, new SecretText("x-key=hunter2"), OtlpProtocol.Http, SampleRatio: 1), "node-7"))
        {
            await export.StartAsync(TestContext.Current.CancellationToken);
            product.Meter.CreateCounter<long>("a_counter_of_this_test").Add(3);
            using (var span = ProductTracing.Source.StartActivity("a span of this test", ActivityKind.Server))
                Assert.True(span is { Recorded: true });
            await export.StopAsync(TestContext.Current.CancellationToken);
        }

        var traces = Assert.Single(collector.Received, each => each.Path == "/v1/traces" && each.Body.Contains("a span of this test", StringComparison.Ordinal));
        var metrics = Assert.Single(collector.Received, each => each.Path == "/v1/metrics" && each.Body.Contains("a_counter_of_this_test", StringComparison.Ordinal));
        foreach (var (_, type, key, body) in new[] { traces, metrics })
        {
            Assert.Equal(("application/x-protobuf", "hunter2"), (type, key));
            Assert.Contains("tumbler", body, StringComparison.Ordinal);
            Assert.Contains("node-7", body, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_share_that_is_traced_is_chosen_here_unless_the_caller_has_chosen()
    {
        await using var collector = await OtlpCollector.Start();
        using (var export = new OtlpExport(new OtlpOptions(collector.Address, null, OtlpProtocol.Http, SampleRatio: 0), "node-8"))
        {
            await export.StartAsync(TestContext.Current.CancellationToken);
            using (ProductTracing.Source.StartActivity("nobody asked for this", ActivityKind.Server)) { }
            var caller = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
            using (ProductTracing.Source.StartActivity("somebody asked for this", ActivityKind.Server, caller)) { }
        }

        Assert.Contains(collector.Received, each => each.Body.Contains("somebody asked for this", StringComparison.Ordinal));
        Assert.DoesNotContain(collector.Received, each => each.Body.Contains("nobody asked for this", StringComparison.Ordinal));
    }
}
