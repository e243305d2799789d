using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Credentials;
using Tumbler.Api.Headers;
using Tumbler.Api.Tests.Http;
using Tumbler.Core.Addresses;
using Tumbler.Core.Proxies;

namespace Tumbler.Api.Tests.Headers;

public sealed class ResponseStampTests : IAsyncLifetime
{
    private const string Hsts = "Strict-Transport-Security";

    private static readonly Dictionary<string, string> Always = new()
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["X-Frame-Options"] = "DENY",
        ["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'",
        ["Referrer-Policy"] = "no-referrer",
        ["Permissions-Policy"] = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    };

    /// <summary>As they stand in an answer.</summary>
    internal static string Lines => string.Concat(Always.Select(header => $"{header.Key}: {header.Value}\r\n"));

    private readonly TestEdge edge = NewEdge(HeaderOptions.Default);

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Theory]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("GET", "/.well-known/jwks.json", 200)]
    [InlineData("HEAD", "/.well-known/openid-configuration", 200)]
    [InlineData("POST", "/oauth2/token", 400)]
    [InlineData("GET", "/api/v1/organizations", 401)]
    [InlineData("GET", "/metrics", 401)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("PUT", "/health/live", 405)]
    [InlineData("OPTIONS", "/health/live", 405)]
    [InlineData("TRACE", "/", 404)]
    public async Task Every_answer_has_them(string method, string path, int status) => await AssertStamped(await edge.Send(method, path), status);

    [Fact]
    public async Task Also_what_is_refused_while_it_is_read()
    {
        using var content = new StringContent(new string('x', 110_000), System.Text.Encoding.UTF8, "application/json");
        await AssertStamped(await edge.SendAsAdmin("POST", "/api/v1/organizations", content), 413);
        await AssertStamped(await edge.SendAsAdmin("POST", "/api/v1/organizations", "{"), 400);
    }

    [Fact]
    public async Task Also_what_broke()
    {
        edge.Organizations.OnGet = () => throw new InvalidOperationException("broken");
        await AssertStamped(await edge.SendAsAdmin("GET", "/api/v1/organizations/acme", null, ("X-Forwarded-Proto", "https")), 500, isTls: true);
    }

    [Fact]
    public async Task Tls_is_insisted_on_where_the_request_came_over_it()
    {
        using var plain = await edge.Send("GET", "/health/live");
        Assert.False(plain.Headers.Contains(Hsts));
        using var proxied = await edge.Send("GET", "/health/live", null, ("X-Forwarded-Proto", "https"));
        Assert.Equal(["max-age=31536000; includeSubDomains"], proxied.Headers.GetValues(Hsts));
    }

    [Theory]
    [InlineData(3600, false, "max-age=3600")]
    [InlineData(3600, true, "max-age=3600; includeSubDomains")]
    [InlineData(0, true, null)]
    public async Task How_long_is_a_setting(int seconds, bool subDomains, string? value)
    {
        await using var other = NewEdge(new HeaderOptions(TimeSpan.FromSeconds(seconds), subDomains));
        await other.InitializeAsync();
        using var response = await other.Send("GET", "/health/live", null, ("X-Forwarded-Proto", "https"));
        Assert.Equal(value, response.Headers.TryGetValues(Hsts, out var values) ? Assert.Single(values) : null);
    }

    [Fact]
    public async Task A_page_of_the_host_may_load_its_own_files_and_no_script_else()
    {
        await using var other = new TestEdge(options => options, pages: app => app.MapGet("/page", () => "hello").ForAdministrators("GET /page"));
        await other.InitializeAsync();
        using var page = await other.SendAsAdmin("GET", "/page");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy.Split(';')[1], StringComparison.Ordinal);
        Assert.Equal(["DENY"], page.Headers.GetValues("X-Frame-Options"));

        // Whoever is turned away there gets an answer of ours.
        using var refused = await other.Send("GET", "/page");
        Assert.Equal(Always["Content-Security-Policy"], Assert.Single(refused.Headers.GetValues("Content-Security-Policy")));
    }

    private static TestEdge NewEdge(HeaderOptions headers) => new(options => options with
    {
        Headers = headers,
        Proxies = new TrustedProxies(new AddressList(["127.0.0.1"]), sockets: false),
    });

    private static Task AssertStamped(HttpResponseMessage response, int status, bool isTls = false)
    {
        using (response)
        {
            Assert.Equal(status, (int)response.StatusCode);
            Assert.All(Always, header => Assert.Equal([header.Value], response.Headers.GetValues(header.Key)));
            Assert.True(response.Headers.Contains("X-Request-ID"));
            Assert.Equal(isTls, response.Headers.Contains(Hsts));
            Assert.False(response.Headers.Contains("Server"));
        }

        return Task.CompletedTask;
    }
}
