using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Requests;

public class RequestIdsTests(TestEdge edge) : IClassFixture<TestEdge>
{
    [Theory]
    [InlineData("a")]
    [InlineData("Order_66-retry")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_harmless_id_is_kept(string id)
    {
        using var response = await edge.Send("GET", "/health/live", null, ("X-Request-ID", id));
        Assert.Equal([id], response.Headers.GetValues("X-Request-ID"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("semi;colon")]
    [InlineData("a/b")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Anything_else_is_replaced_by_a_new_uuid(string id)
    {
        using var response = await edge.Send("GET", "/health/live", null, ("X-Request-ID", id));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", Assert.Single(response.Headers.GetValues("X-Request-ID")));
    }

    [Fact]
    public async Task Two_ids_are_none()
    {
        var answer = await edge.SendRaw("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: a\r\nX-Request-ID: b\r\n\r\n");
        Assert.Matches("X-Request-ID: [0-9a-f]{8}-", answer);
    }

    [Fact]
    public async Task Requests_without_one_get_different_ids()
    {
        using var first = await edge.Send("GET", "/health/live");
        using var second = await edge.Send("GET", "/health/live");
        Assert.NotEqual(first.Headers.GetValues("X-Request-ID"), second.Headers.GetValues("X-Request-ID"));
    }

    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("PUT", "/health/live")]
    [InlineData("GET", "/api/v1/organizations")]
    [InlineData("POST", "/oauth2/token")]
    [InlineData("GET", "/.well-known/jwks.json")]
    [InlineData("POST", "/api/v1/api-keys/verify")]
    public async Task Every_answer_carries_it_and_forbids_sniffing(string method, string path)
    {
        using var response = await edge.Send(method, path, null, ("X-Request-ID", "everywhere"));
        Assert.Equal(["everywhere"], response.Headers.GetValues("X-Request-ID"));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
    }
}
