using System.Net;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Health;

public class HealthRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Fact]
    public async Task Live_tells_the_servers_time()
    {
        using var response = await edge.Send("GET", "/health/live");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"ok","time":"2031-02-03T04:05:06.789Z"}""", await Text(response));
        Assert.Equal(["no-store"], response.Headers.GetValues("Cache-Control"));
    }

    [Fact]
    public async Task Ready_only_when_every_check_is_ok()
    {
        edge.Readiness.Checks = [new("store", true, null), new("rings", true, null)];
        using (var ready = await edge.Send("GET", "/health/ready"))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Equal(
                """{"status":"ready","checks":[{"name":"store","ok":true,"reason":null,"needed":true},{"name":"rings","ok":true,"reason":null,"needed":true}]}""",
                await Text(ready));
        }

        edge.Readiness.Checks = [new("store", true, null), new("rings", false, "A ring has no key.")];
        using var not = await edge.Send("GET", "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, not.StatusCode);
        Assert.Equal("application/json", not.Content.Headers.ContentType!.ToString());
        Assert.Contains("\"status\":\"not_ready\"", await Text(not), StringComparison.Ordinal);
        Assert.Contains("A ring has no key.", await Text(not), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Degraded_when_only_what_is_not_needed_fails()
    {
        edge.Readiness.Checks = [new("store", false, "Away.", Needed: false), new("rings", true, null)];

        using var degraded = await edge.Send("GET", "/health/ready");

        Assert.Equal(HttpStatusCode.OK, degraded.StatusCode);
        Assert.StartsWith("""{"status":"degraded","checks":[{"name":"store","ok":false,"reason":"Away.","needed":false},""", await Text(degraded), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_answered_before_a_node_that_stood_still_has_caught_up()
    {
        edge.Readiness.Behind = new TaskCompletionSource();
        var asking = edge.Send("GET", "/.well-known/jwks.json");
        var early = await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.NotSame(asking, early);

        edge.Readiness.Behind.SetResult();

        using var answer = await asking;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Head_is_answered_too()
    {
        var answer = await edge.SendRaw("HEAD /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
