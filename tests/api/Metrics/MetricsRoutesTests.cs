using System.Net;
using Tumbler.Api.Credentials;
using Tumbler.Api.Metrics;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Limits;
using Tumbler.Core.Addresses;
using Tumbler.Core.Audit;

namespace Tumbler.Api.Tests.Metrics;

public sealed class MetricsRoutesTests : IAsyncLifetime
{
    private const string Token = "metrics-token-0123456789-0123456789";

    private readonly MetricsAccess access = new(AdminKeyCheck.For(Token), new AddressList(["192.0.2.0/24"]));
    private readonly TestEdge edge;

    public MetricsRoutesTests() => edge = new TestEdge(
        options => options with { Metrics = access, HealthDetailsClosed = true }, failures: new QuotaRule(2, TimeSpan.FromMinutes(1)));

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Theory]
    [InlineData("Authorization", $"Bearer {Token}", 200)]
    [InlineData("Authorization", $"bearer  {Token} ", 200)]
    [InlineData("X-Admin-Key", TestEdge.AdminKey, 200)]
    [InlineData("Authorization", "Bearer wrong", 401)]
    [InlineData("Authorization", Token, 401)]
    [InlineData("Authorization", $"Basic {Token}", 401)]
    [InlineData("Authorization", "Bearer ", 401)]
    [InlineData("X-Admin-Key", Token, 401)]
    [InlineData("X-API-Key", ScriptedApiKeys.AcmeKey, 401)]
    [InlineData("X-Forwarded-For", "192.0.2.1", 401)]
    public async Task Metrics_are_for_whoever_has_the_token_and_for_administrators(string header, string value, int status)
    {
        using var response = await edge.Send("GET", "/metrics", null, (header, value));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 401 ? "Bearer realm=\"tumbler\"" : null, response.Headers.WwwAuthenticate.SingleOrDefault()?.ToString());
        Assert.Equal(["no-store"], response.Headers.GetValues("Cache-Control"));
    }

    [Fact]
    public async Task Two_credentials_are_none()
    {
        using var response = await edge.Send("GET", "/metrics", null, ("Authorization", $"Bearer {Token}"), ("X-Admin-Key", TestEdge.AdminKey));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_is_a_security_event_without_the_token()
    {
        using (await edge.Send("GET", "/metrics", null, ("Authorization", "Bearer hunter2"))) { }
        var happened = Assert.Single(edge.Events.Take()!.Tallies).First;
        Assert.Equal((SecurityReason.WrongMetricsToken, "GET /metrics"), (happened.Reason, happened.Origin.Route));
        Assert.DoesNotContain("hunter2", happened.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_replaced_while_requests_go_on()
    {
        access.Replace(AdminKeyCheck.For("another"));
        using (var old = await Scrape(Token))
            Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using (var taken = await Scrape("another"))
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        access.Replace(null);
        using var none = await Scrape("another");
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
    }

    [Fact]
    public async Task An_allowed_address_needs_nothing()
    {
        await using var other = new TestEdge(options => options with { Metrics = new MetricsAccess(null, new AddressList(["127.0.0.0/8"])), HealthDetailsClosed = true });
        await other.InitializeAsync();
        using var response = await other.Send("GET", "/metrics");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var health = await other.Send("GET", "/health/ready");
        Assert.Contains("checks", await Text(health), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_text_and_count_what_was_turned_away()
    {
        for (var n = 0; n < 3; n++)
            using (await edge.Send("GET", "/api/v1/organizations", null, ("X-Admin-Key", "wrong"))) { }

        using var response = await Scrape(Token);
        var text = await Text(response);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("# TYPE tumbler_security_events_total counter\ntumbler_security_events_total{reason=\"rate_limited\"} 1\ntumbler_security_events_total{reason=\"wrong_admin_key\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("\ntumbler_requests_limited_total{limit=\"address\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\ntumbler_security_events_dropped_total 0\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE tumbler_addresses_with_failures gauge\ntumbler_addresses_with_failures 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_open_and_its_details_are_not()
    {
        using var ready = await edge.Send("GET", "/health/ready");
        Assert.Equal("""{"status":"ready"}""", await Text(ready));
        using var wrong = await edge.Send("GET", "/health/ready", null, ("Authorization", "Bearer wrong"));
        Assert.Equal("""{"status":"ready"}""", await Text(wrong));
        using var told = await edge.Send("GET", "/health/ready", null, ("Authorization", $"Bearer {Token}"));
        Assert.Contains("\"checks\":[{\"name\":\"store\"", await Text(told), StringComparison.Ordinal);
        Assert.Equal(0, edge.Attempts.Count);
    }

    private Task<HttpResponseMessage> Scrape(string token) => edge.Send("GET", "/metrics", null, ("Authorization", $"Bearer {token}"));

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
