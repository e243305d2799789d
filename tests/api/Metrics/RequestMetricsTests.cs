using System.Globalization;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Metrics;

public sealed class RequestMetricsTests : IAsyncLifetime
{
    private readonly TestEdge edge = new();

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Fact]
    public async Task Requests_are_timed_by_route_and_answers_counted_by_code()
    {
        for (var n = 0; n < 3; n++)
            using (await edge.SendAsAdmin("GET", $"/api/v1/organizations/org{n}")) { }
        using (await edge.Send("GET", "/api/v1/organizations")) { }

        var text = await Scrape();
        Assert.Contains("tumbler_http_request_duration_seconds_count{route=\"get-organizations-org\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("tumbler_http_request_duration_seconds_count{route=\"get-organizations\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("tumbler_http_responses_total{code=\"401\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_callers_make_up_is_one_label()
    {
        for (var n = 0; n < 20; n++)
            using (await edge.Send("GET", string.Create(CultureInfo.InvariantCulture, $"/made/up/{n}?key=hunter{n}"))) { }
        using (await edge.Send("BREW", "/coffee")) { }

        var text = await Scrape();
        Assert.Contains("tumbler_http_request_duration_seconds_count{route=\"none\"} 21\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
        Assert.DoesNotContain("made", text, StringComparison.Ordinal);
    }

    private async Task<string> Scrape()
    {
        using var response = await edge.SendAsAdmin("GET", "/metrics");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
