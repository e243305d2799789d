using Tumbler.Api.CrossOrigin;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.CrossOrigin;

public sealed class CrossOriginTests : IAsyncLifetime
{
    private const string Console = "https://console.example", Other = "https://other.example";
    private const string Allowed = "Access-Control-Allow-Origin";

    private readonly AllowedOrigins origins = new(Console, "http://localhost:5173");
    private readonly TestEdge edge;

    public CrossOriginTests() => edge = new TestEdge(options => options with { Origins = origins });

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Theory]
    [InlineData(Console, true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData(Other, false)]
    [InlineData("http://console.example", false)]
    [InlineData("https://console.example:8443", false)]
    [InlineData("https://console.example.evil.example", false)]
    [InlineData("https://CONSOLE.example", false)]
    [InlineData("https://console.example/", false)]
    [InlineData("null", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    public async Task A_page_reads_answers_when_its_origin_is_on_the_list(string origin, bool reads)
    {
        using var response = await edge.Send("POST", "/oauth2/token", null, ("Origin", origin));
        Assert.Equal(reads ? origin : null, Value(response, Allowed));
        Assert.Equal("Origin", Value(response, "Vary"));
        Assert.Equal(reads, response.Headers.Contains("Access-Control-Expose-Headers"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/api/v1/organizations", 401)]
    [InlineData("PUT", "/health/live", 405)]
    public async Task It_reads_refusals_too(string method, string path, int status)
    {
        using var response = await edge.Send(method, path, null, ("Origin", Console));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(Console, Value(response, Allowed));
    }

    [Fact]
    public async Task It_reads_what_broke()
    {
        edge.Organizations.OnGet = () => throw new InvalidOperationException("broken");
        using var response = await edge.SendAsAdmin("GET", "/api/v1/organizations/acme", null, ("Origin", Console));
        Assert.Equal(500, (int)response.StatusCode);
        Assert.Equal((Console, "Origin"), (Value(response, Allowed), Value(response, "Vary")));
    }

    [Fact]
    public async Task Two_origins_are_none()
    {
        var answer = await edge.SendRaw($"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: {Console}\r\nOrigin: {Console}\r\n\r\n");
        Assert.DoesNotContain(Allowed, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/rings/default/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Every_page_reads_public_documents(string path)
    {
        foreach (var origin in (string[])[Other, Console, "null"])
        {
            using var response = await edge.Send("GET", path, null, ("Origin", origin));
            Assert.Equal("*", Value(response, Allowed));
            Assert.DoesNotContain("Origin", Value(response, "Vary") ?? "", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/oauth2/token", "POST", "GET, HEAD, POST, PUT, PATCH, DELETE")]
    [InlineData("/api/v1/organizations/acme", "PUT", "GET, HEAD, POST, PUT, PATCH, DELETE")]
    [InlineData("/.well-known/jwks.json", "GET", "GET, HEAD")]
    public async Task A_browser_that_asks_first_is_answered_without_a_credential(string path, string method, string methods)
    {
        using var response = await Ask(path, method, Console);
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal(methods, Value(response, "Access-Control-Allow-Methods"));
        Assert.Contains("X-API-Key", Value(response, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal("600", Value(response, "Access-Control-Max-Age"));
        Assert.Null(edge.Events.Take());
    }

    [Fact]
    public async Task A_foreign_page_that_asks_first_is_refused()
    {
        using var response = await Ask("/oauth2/token", "POST", Other);
        Assert.Equal(403, (int)response.StatusCode);
        Assert.False(response.Headers.Contains(Allowed));
        Assert.Equal("Origin", Value(response, "Vary"));
        using var document = await Ask("/.well-known/jwks.json", "GET", Other);
        Assert.Equal((204, "*"), ((int)document.StatusCode, Value(document, Allowed)));
    }

    [Fact]
    public async Task Options_without_being_asked_by_a_browser_is_no_method_of_ours()
    {
        using var response = await edge.Send("OPTIONS", "/oauth2/token", null, ("Origin", Console));
        Assert.Equal(405, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_list_is_replaced_while_requests_go_on()
    {
        origins.Replace([Other]);
        using var taken = await edge.Send("GET", "/health/live", null, ("Origin", Other));
        using var gone = await edge.Send("GET", "/health/live", null, ("Origin", Console));
        Assert.Equal((Other, null), (Value(taken, Allowed), Value(gone, Allowed)));

        origins.Replace([]);
        using var nobody = await edge.Send("GET", "/health/live", null, ("Origin", Other));
        Assert.Equal((null, null), (Value(nobody, Allowed), Value(nobody, "Vary")));
    }

    private Task<HttpResponseMessage> Ask(string path, string method, string origin) =>
        edge.Send("OPTIONS", path, null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "x-api-key"));

    private static string? Value(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : null;
}
