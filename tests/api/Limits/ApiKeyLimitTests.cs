using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Api.Tests.Limits;

/// <summary>What an API key's own limit looks like from outside.</summary>
public class ApiKeyLimitTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private static readonly QuotaState UsedUp = new(10, 0, 17);

    [Fact]
    public async Task At_the_token_endpoint()
    {
        edge.Tokens.OnIssue = (_, _) => ValueTask.FromResult<TokenAnswer?>(new IssuedToken("a.b.c", 300, "") { RateLimit = new QuotaState(10, 9, 18) });
        using (var taken = await Token())
            Assert.Equal((200, "10", "9", "18", null), Shown(taken));

        edge.Tokens.OnIssue = (_, _) => ValueTask.FromResult<TokenAnswer?>(new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "Used up.") { RateLimit = UsedUp });
        using var refused = await Token();
        Assert.Equal((429, "10", "0", "17", "17"), Shown(refused));
        Assert.Equal("temporarily_unavailable", (await TestEdge.Json(refused)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Where_a_service_asks_about_it()
    {
        edge.ApiKeys.OnVerify = _ => ApiKeyVerdict.Refused(ApiKeyVerdict.RateLimited) with { RateLimit = UsedUp };
        using var asked = await edge.Send("POST", "/api/v1/api-keys/verify", """{"key":"x"}""");
        Assert.Equal((200, "10", "0", "17", null), Shown(asked));
        Assert.Equal(
            """{"valid":false,"reason":"rate_limited","org":null,"key_id":null,"scopes":null,"rate_limit":{"limit":10,"remaining":0,"reset":17}}""",
            await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task As_a_credential()
    {
        edge.ApiKeys.OnVerify = _ => ApiKeyVerdict.Refused(ApiKeyVerdict.RateLimited) with { RateLimit = UsedUp };
        using var refused = await edge.Send("GET", "/api/v1/organizations/acme", null, ("X-API-Key", "x"));
        Assert.Equal((429, "10", "0", "17", "17"), Shown(refused));
        Assert.Equal("rate_limited", (await TestEdge.Json(refused)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("""{"rate_limit":{"limit":5,"window":"PT1M"}}""", null)]
    [InlineData("""{"rate_limit":{}}""", null)]
    [InlineData("""{"rate_limit":null}""", null)]
    [InlineData("""{"rate_limit":5}""", "rate_limit:type")]
    [InlineData("""{"rate_limit":[]}""", "rate_limit:type")]
    [InlineData("""{"rate_limit":{"limit":"5","window":60}}""", "rate_limit.limit:type rate_limit.window:type")]
    [InlineData("""{"rate_limit":{"limit":5,"limit":6,"per":"PT1M"},"name":5}""", "rate_limit.limit:duplicate_field rate_limit.per:unknown_field name:type")]
    public async Task It_is_an_object_in_a_request(string body, string? faults)
    {
        using var response = await edge.SendAsAdmin("PATCH", $"/api/v1/organizations/acme/api-keys/{ScriptedApiKeys.Id}", body);
        Assert.Equal(faults is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        if (faults is not null)
        {
            Assert.Equal(faults, string.Join(' ', (await TestEdge.Json(response)).GetProperty("fields").EnumerateArray()
                .Select(field => $"{field.GetProperty("field").GetString()}:{field.GetProperty("rule").GetString()}")));
        }
        else if (body.Contains("PT1M", StringComparison.Ordinal))
        {
            Assert.Equal(new RateLimit(5, "PT1M"), edge.ApiKeys.LastChange!.RateLimit);
        }
    }

    private Task<HttpResponseMessage> Token() => edge.Client.PostAsync(
        new Uri("/oauth2/token", UriKind.Relative),
        new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "a"), new("client_secret", "b")]),
        TestContext.Current.CancellationToken);

    private static (int, string?, string?, string?, string?) Shown(HttpResponseMessage response) => (
        (int)response.StatusCode, Value(response, "X-RateLimit-Limit"), Value(response, "X-RateLimit-Remaining"), Value(response, "X-RateLimit-Reset"),
        Value(response, "Retry-After"));

    private static string? Value(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? Assert.Single(values) : null;
}
