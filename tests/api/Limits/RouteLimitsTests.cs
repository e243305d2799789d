using System.Collections.Frozen;
using System.Net;
using Tumbler.Api.Limits;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Limits;
using Tumbler.Core.Audit;

namespace Tumbler.Api.Tests.Limits;

public sealed class RouteLimitsTests : IAsyncLifetime
{
    private const string Own = "/api/v1/organizations/acme";

    private readonly TestEdge edge = new(options => options with
    {
        Limits = new LimitOptions(new QuotaRule(3, TimeSpan.FromMinutes(1)), new Dictionary<string, QuotaRule?>
        {
            ["get-organizations"] = new QuotaRule(1, TimeSpan.FromSeconds(10)),
            ["get-admin-rings"] = null,
            ["post-api-keys-verify"] = new QuotaRule(2, TimeSpan.FromMinutes(1)),
        }.ToFrozenDictionary()),
    });

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_route_is_used_so_often_and_says_how_often_still(bool slow)
    {
        edge.Quotas.IsSlow = slow;
        for (var left = 2; left >= 0; left--)
        {
            using var taken = await AsAcme();
            Assert.Equal((HttpStatusCode.OK, "3", $"{left}", "42"), Limit(taken));
            Assert.Null(taken.Headers.RetryAfter);
        }

        using var refused = await AsAcme(("X-Request-ID", "mine"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "3", "0", "42"), Limit(refused));
        Assert.Equal(TimeSpan.FromSeconds(42), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("rate_limited", (await TestEdge.Json(refused)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task What_is_refused_is_a_security_event_of_the_organisation()
    {
        for (var n = 0; n < 5; n++)
            using (await AsAcme()) { }

        var tally = Assert.Single(edge.Events.Take()!.Tallies);
        Assert.Equal((SecurityReason.RateLimited, 2L), (tally.First.Reason, tally.Count));
        Assert.Equal((ScriptedApiKeys.Id, "acme", "GET /api/v1/organizations/{org}"), (tally.First.Key!.Value, tally.First.Org!.Value.Value, tally.First.Origin.Route));
    }

    [Fact]
    public async Task Organisations_and_administrators_and_routes_are_counted_apart()
    {
        using (await AsAcme()) { }
        using (await edge.SendAsAdmin("GET", Own)) { }
        using (await edge.SendAsAdmin("GET", "/api/v1/organizations/other")) { }
        using (await edge.Send("GET", $"{Own}/api-keys", null, ("X-API-Key", ScriptedApiKeys.AcmeKey))) { }

        Assert.Equal(
            ["get-organizations-org-api-keys/acme 1", "get-organizations-org/acme 1", "get-organizations-org/admin:bootstrap 2"],
            edge.Quotas.Taken.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_route_may_have_a_limit_of_its_own_or_none()
    {
        using (await edge.SendAsAdmin("GET", "/api/v1/organizations")) { }
        using var second = await edge.SendAsAdmin("GET", "/api/v1/organizations");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1", "0", "42"), Limit(second));

        for (var n = 0; n < 5; n++)
        {
            using var free = await edge.SendAsAdmin("GET", "/api/v1/admin/rings");
            Assert.Equal((HttpStatusCode.OK, null, null, null), Limit(free));
        }
    }

    [Fact]
    public async Task An_open_route_is_limited_when_it_is_said_by_address()
    {
        using (await edge.Send("GET", "/health/live")) { }
        using (await edge.Send("POST", "/oauth2/token")) { }
        Assert.Empty(edge.Quotas.Taken);

        using (await edge.Send("POST", "/api/v1/api-keys/verify", """{"key":"x"}""")) { }
        Assert.Equal([new QuotaId("post-api-keys-verify", "127.0.0.1")], edge.Quotas.Taken.Keys);
    }

    [Fact]
    public async Task Who_is_not_let_in_uses_nothing_up()
    {
        using (await edge.Send("GET", Own)) { }
        using (await edge.Send("GET", Own, null, ("X-API-Key", "acme_api_bad"))) { }
        using (await edge.Send("GET", "/api/v1/organizations/other", null, ("X-API-Key", ScriptedApiKeys.AcmeKey))) { }
        Assert.Empty(edge.Quotas.Taken);
    }

    [Fact]
    public async Task Also_an_answer_about_what_broke_says_how_often_still()
    {
        edge.Organizations.OnGet = () => throw new InvalidOperationException("broken");
        using var broken = await AsAcme();
        Assert.Equal((HttpStatusCode.InternalServerError, "3", "2", "42"), Limit(broken));
    }

    [Fact]
    public void Every_route_has_a_name_of_its_own_that_can_stand_in_a_variable()
    {
        Assert.Equal(Api.Credentials.RouteAccess.Table.Count, RouteNames.All.Count);
        Assert.All(RouteNames.All, name => Assert.Matches("^[a-z0-9-]{1,50}$", name));
        Assert.Superset(
            new HashSet<string> { "get-organizations-org", "post-oauth2-token", "get-jwks-json", "get-rings-ring-oauth-authorization-server", "post-admin-rings-ring-keys-kid-revoke" },
            RouteNames.All.ToHashSet());
    }

    private Task<HttpResponseMessage> AsAcme(params (string, string)[] headers) => edge.Send("GET", Own, null, [("X-API-Key", ScriptedApiKeys.AcmeKey), .. headers]);

    private static (HttpStatusCode, string?, string?, string?) Limit(HttpResponseMessage response) =>
        (response.StatusCode, Value(response, "Limit"), Value(response, "Remaining"), Value(response, "Reset"));

    private static string? Value(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues($"X-RateLimit-{header}", out var values) ? Assert.Single(values) : null;
}
