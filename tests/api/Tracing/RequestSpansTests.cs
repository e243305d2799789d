using System.Diagnostics;
using System.Threading.Channels;
using Tumbler.Api.Tests.Http;
using Tumbler.Engine.Metrics;

namespace Tumbler.Api.Tests.Tracing;

public sealed class RequestSpansTests : IAsyncLifetime
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c", Parent = "b7ad6b7169203331";

    private readonly TestEdge edge = new();
    private readonly Channel<Activity> spans = Channel.CreateUnbounded<Activity>();

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Fact]
    public async Task A_span_continues_the_caller_s_trace_and_names_the_route()
    {
        using var listening = Listen();
        using (await edge.SendAsAdmin("GET", "/api/v1/organizations/acme?key=hunter2", null, ("traceparent", $"00-{Trace}-{Parent}-01"), ("X-Request-ID", "r-1"))) { }

        var span = await Span(span => span.TraceId.ToHexString() == Trace);
        Assert.Equal(("GET /api/v1/organizations/{org}", ActivityKind.Server, Parent), (span.DisplayName, span.Kind, span.ParentSpanId.ToHexString()));
        var tags = span.TagObjects.ToDictionary(tag => tag.Key, tag => $"{tag.Value}");
        Assert.Equal(("GET", "/api/v1/organizations/{org}", "r-1"), (tags["http.request.method"], tags["http.route"], tags["tumbler.request_id"]));
        Assert.Equal(4, tags.Count);
        Assert.DoesNotContain(tags.Values, value => value.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("BREW", "/coffee/hunter2", "_OTHER")]
    [InlineData("GET", "/hunter2", "GET")]
    public async Task What_callers_make_up_names_no_span(string method, string path, string name)
    {
        using var listening = Listen();
        using (await edge.Send(method, path, null, ("traceparent", $"00-{Trace}-{Parent}-01"))) { }

        Assert.Equal(name, (await Span(span => span.TraceId.ToHexString() == Trace)).DisplayName);
    }

    [Fact]
    public async Task A_caller_who_sends_nonsense_begins_a_trace_of_its_own()
    {
        using var listening = Listen();
        using (await edge.Send("GET", "/health/live", null, ("traceparent", "hunter2"), ("tracestate", "hunter2"), ("X-Request-ID", "r-2"))) { }

        var span = await Span(span => $"{span.GetTagItem("tumbler.request_id")}" == "r-2");
        Assert.False(span.HasRemoteParent);
        Assert.Null(span.TraceStateString);
    }

    [Theory]
    [InlineData(0.0, null, false)]
    [InlineData(0.0, "01", true)]
    [InlineData(1.0, null, true)]
    [InlineData(1.0, "00", false)]
    public async Task The_caller_decides_whether_there_is_a_span_and_the_share_where_it_does_not(double share, string? flags, bool traced)
    {
        using var listening = Listen();
        var id = $"decided-{share}-{flags}";
        var quiet = new TestEdge(options => options with { TracedShare = share });
        await using (quiet)
        {
            await quiet.InitializeAsync();
            (string, string)[] parent = flags is null ? [] : [("traceparent", $"00-{Trace}-{Parent}-{flags}")];
            using (await quiet.Send("GET", "/health/live", null, [("X-Request-ID", id), .. parent])) { }
        }

        // The server has ended, and with it every span.
        spans.Writer.Complete();
        var ended = await spans.Reader.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(traced, ended.Any(span => $"{span.GetTagItem("tumbler.request_id")}" == id));
    }

    /// <summary>It ends after its answer has come.</summary>
    private async Task<Activity> Span(Func<Activity, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var span in spans.Reader.ReadAllAsync(patience.Token))
            if (wanted(span))
                return span;
        throw new InvalidOperationException("No more spans.");
    }

    /// <summary>Other tests have spans at the same time: each of these looks for its own.</summary>
    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ProductMeter.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Writer.TryWrite(span),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
