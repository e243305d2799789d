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
    public async Task Of_what_is_no_request_the_share_is_traced_and_what_belongs_to_a_traced_one()
    {
        await using var collector = await OtlpCollector.Start();
        using (var export = new OtlpExport(new OtlpOptions(collector.Address, null, OtlpProtocol.Http, SampleRatio: 0), "node-8"))
        {
            await export.StartAsync(TestContext.Current.CancellationToken);
            using (ProductTracing.Source.StartActivity("a save of its own", ActivityKind.Client)) { }
            using (ProductTracing.Source.StartActivity("a chosen request", ActivityKind.Server))
            using (ProductTracing.Source.StartActivity("its save", ActivityKind.Client)) { }
        }

        var traces = string.Join('\n', collector.Received.Select(each => each.Body));
        Assert.Contains("a chosen request", traces, StringComparison.Ordinal);
        Assert.Contains("its save", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("a save of its own", traces, StringComparison.Ordinal);
    }
}
