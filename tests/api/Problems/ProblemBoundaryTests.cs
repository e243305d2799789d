using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Engine.Store;

namespace Tumbler.Api.Tests.Problems;

public class ProblemBoundaryTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Path = "/api/v1/organizations/acme";

    [Fact]
    public async Task What_breaks_inside_is_told_to_the_log_and_to_nobody_else()
    {
        edge.Organizations.OnGet = () => throw new InvalidOperationException("SELECT * FROM /srv/secrets");
        using var response = await edge.SendAsAdmin("GET", Path, null, ("X-Request-ID", "broken-1"));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var body = await TestEdge.Json(response);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("internal_error", body.GetProperty("error").GetString());
        Assert.DoesNotContain("SELECT", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.Equal(["broken-1"], response.Headers.GetValues("X-Request-ID"));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        var line = Assert.Single(edge.Log.Lines, line => line.Contains(body.GetProperty("error_id").GetString()!, StringComparison.Ordinal));
        Assert.StartsWith("Error ", line, StringComparison.Ordinal);
        Assert.Contains("SELECT * FROM /srv/secrets", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_with_retry_after()
    {
        edge.Organizations.OnGet = () => throw new StoreUnavailableException("disk of host 7 is gone");
        using var response = await edge.SendAsAdmin("GET", Path);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        Assert.Contains("\"error\":\"unavailable\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("host 7", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/", 404, "not_found", null)]
    [InlineData("GET", "/api/v1/nothing", 404, "not_found", null)]
    [InlineData("GET", "/api/v1/admin/nothing", 404, "not_found", null)]
    [InlineData("POST", "/.well-known/jwks.json", 405, "method_not_allowed", "GET, HEAD")]
    [InlineData("GET", "/oauth2/token", 405, "method_not_allowed", "POST")]
    [InlineData("DELETE", "/api/v1/organizations", 405, "method_not_allowed", "GET, POST")]
    [InlineData("BREW", "/health/live", 405, "method_not_allowed", "GET, HEAD")]
    [InlineData("OPTIONS", "/api/v1/api-keys/verify", 405, "method_not_allowed", "POST")]
    public async Task Wrong_addresses_and_methods_are_problems_too(string method, string path, int status, string error, string? allow)
    {
        using var response = await edge.Send(method, path);
        var body = await TestEdge.Json(response);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(error, body.GetProperty("error").GetString());
        Assert.Equal(allow, response.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", response.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task No_answer_names_the_server_software()
    {
        using var response = await edge.Send("GET", "/");
        Assert.False(response.Headers.Contains("Server"));
    }
}
