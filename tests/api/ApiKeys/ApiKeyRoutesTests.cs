using System.Net;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.ApiKeys;

public class ApiKeyRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Keys = "/api/v1/organizations/acme/api-keys";
    private const string Key = $"{Keys}/11111111-2222-4333-8444-555555555555";

    [Fact]
    public async Task Creating_shows_the_key_and_its_address()
    {
        using var response = await edge.SendAsAdmin("POST", Keys, """{"name":"ci"}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Key, response.Headers.Location!.ToString());
        Assert.Equal(["no-store"], response.Headers.GetValues("Cache-Control"));
        Assert.Equal(
            """{"id":"11111111-2222-4333-8444-555555555555","key":"acme_api_new","name":"ci","fingerprint":"0123456789abcdef","scopes":["read"],"audiences":[],"allowed_addresses":[],"created_at":"2031-02-03T04:05:06.789Z","expires_at":null,"rate_limit":null}""",
            await Text(response));
    }

    [Fact]
    public async Task The_list_shows_no_key()
    {
        using var response = await edge.SendAsAdmin("GET", Keys);
        Assert.Equal(
            """{"items":[{"id":"11111111-2222-4333-8444-555555555555","name":"ci","fingerprint":"0123456789abcdef","state":"active","scopes":["read"],"audiences":["https://api"],"allowed_addresses":[],"created_at":"2031-02-03T04:05:06.789Z","expires_at":null,"revoked_at":null,"last_used_at":null,"rate_limit":null}],"next_cursor":null}""",
            await Text(response));
    }

    [Fact]
    public async Task Changing_and_revoking_answer_the_key_as_it_is_now()
    {
        using var changed = await edge.SendAsAdmin("PATCH", Key, """{"name":"cd"}""");
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("cd", edge.ApiKeys.LastChange!.Name);

        using var revoked = await edge.SendAsAdmin("DELETE", Key);
        Assert.Equal("revoked", (await TestEdge.Json(revoked)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Rotating_answers_the_new_key_and_the_old_ones()
    {
        using var response = await edge.SendAsAdmin("POST", "/api/v1/organizations/acme/api-key/rotate", """{"overlap":"PT10M"}""");
        Assert.Equal("PT10M", edge.ApiKeys.LastRotation!.Overlap);
        Assert.Equal(
            """{"id":"11111111-2222-4333-8444-555555555555","key":"acme_api_new","revoked":[{"id":"11111111-2222-4333-8444-555555555555","fingerprint":"0123456789abcdef"}],"effective_at":"2031-02-03T04:05:06.789Z"}""",
            await Text(response));
    }

    [Theory]
    [InlineData("""{"key":"acme_api_good","scopes":["read"]}""", """{"valid":true,"reason":null,"org":"acme","key_id":"11111111-2222-4333-8444-555555555555","scopes":["read"]}""")]
    [InlineData("""{"key":"acme_api_other"}""", """{"valid":false,"reason":"invalid_key","org":null,"key_id":null,"scopes":null}""")]
    [InlineData("""{"key":"","address":"::1"}""", """{"valid":false,"reason":"invalid_key","org":null,"key_id":null,"scopes":null}""")]
    public async Task Verifying_is_open_and_answers_200_either_way(string request, string answer)
    {
        using var response = await edge.Send("POST", "/api/v1/api-keys/verify", request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(answer, await Text(response));
    }

    [Theory]
    [InlineData("")]
    [InlineData("somewhere")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("192.0.2.1:80")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%2")]
    public async Task An_address_to_verify_is_written_like_an_allowed_one(string address)
    {
        using var response = await edge.Send("POST", "/api/v1/api-keys/verify", $$"""{"key":"k","address":"{{address}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var field = Assert.Single((await TestEdge.Json(response)).GetProperty("fields").EnumerateArray());
        Assert.Equal("address", field.GetProperty("rule").GetString());
    }

    [Fact]
    public async Task An_audience_to_verify_is_a_URI()
    {
        using (var response = await edge.Send("POST", "/api/v1/api-keys/verify", """{"key":"k","audience":"orders"}"""))
            Assert.Equal("audience", Assert.Single((await TestEdge.Json(response)).GetProperty("fields").EnumerateArray()).GetProperty("rule").GetString());
        using (var response = await edge.Send("POST", "/api/v1/api-keys/verify", """{"key":"k","audience":"urn:orders"}"""))
            Assert.Equal("urn:orders", edge.ApiKeys.LastVerified!.Audience);
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
