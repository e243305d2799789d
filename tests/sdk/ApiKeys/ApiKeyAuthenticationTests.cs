using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tumbler.Client.Tests.Issuers;
using Tumbler.Client.Tests.Services;
using Tumbler.Tests.Clock;

namespace Tumbler.Client.Tests.ApiKeys;

public sealed class ApiKeyAuthenticationTests : IAsyncLifetime
{
    private const string Key = "acme_api_0123456789abcdefghijklmnopqrstuvwxyzAB";

    private readonly List<JsonObject> asked = [];
    private JsonObject answer = new() { ["valid"] = true, ["org"] = "acme", ["key_id"] = "the-key-id", ["scopes"] = new JsonArray("orders:read") };
    private TestIssuer issuer = null!;
    private GuardedService service = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.Start();
        issuer.Instead[TestIssuer.VerifyKey] = async http =>
        {
            asked.Add((await JsonNode.ParseAsync(http.Request.Body))!.AsObject());
            await http.Response.WriteAsJsonAsync(answer);
        };
        service = await GuardedService.Start(issuer, new() { ["Mode"] = "api_key;jwt" }, new ManualClock(TimeProvider.System.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_key_is_let_in_and_asked_about_once_for_a_moment()
    {
        Assert.Equal("api_key the-key-id", await (await Get("/orders")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await Get("/anything")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Send(HttpMethod.Delete, "/orders", null, ("X-API-Key", Key))).StatusCode);

        var question = Assert.Single(asked);
        Assert.Equal(Key, (string?)question["key"]);
        Assert.Equal("127.0.0.1", (string?)question["address"]);
        Assert.Equal(TestClaims.Audience, (string?)question["audience"]);
    }

    [Fact]
    public async Task A_key_is_asked_about_once_by_all_who_present_it_at_the_same_time()
    {
        var enter = new TaskCompletionSource();
        issuer.Instead[TestIssuer.VerifyKey] = async http =>
        {
            await enter.Task;
            await http.Response.WriteAsJsonAsync(answer);
        };
        var all = Enumerable.Range(0, 50).Select(_ => Get("/orders")).ToArray();
        await issuer.UntilAsked(TestIssuer.VerifyKey, 1);
        enter.SetResult();

        Assert.All(await Task.WhenAll(all), got => Assert.Equal(HttpStatusCode.OK, got.StatusCode));
        Assert.Equal(1, issuer.Asked(TestIssuer.VerifyKey));
    }

    [Theory]
    [InlineData("invalid_key", 401)]
    [InlineData("something new", 401)]
    [InlineData("rate_limited", 429)]
    [InlineData("address_not_allowed", 403)]
    [InlineData("audience_not_allowed", 403)]
    public async Task A_key_that_is_not_valid_is_refused_by_its_reason(string reason, int status)
    {
        answer = new() { ["valid"] = false, ["reason"] = reason };

        var got = await Get("/orders");

        Assert.Equal((HttpStatusCode)status, got.StatusCode);
        if (status == 401)
            Assert.Equal("Bearer realm=\"tumbler\", ApiKey realm=\"tumbler\"", got.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"valid":"true","key_id":"x"}""")]
    [InlineData("""{"valid":true}""")]
    [InlineData("""{"valid":false,"valid":true,"key_id":"x"}""")]
    public async Task An_answer_that_is_not_understood_lets_nobody_in(string body)
    {
        issuer.Say(TestIssuer.VerifyKey, body);

        var got = await Get("/orders");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, got.StatusCode);
        await service.Log.Until(LogLevel.Warning, "so it is not accepted (503)");
        Assert.DoesNotContain(service.Log.All, line => line.Text.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_fails_lets_nobody_in_and_is_asked_again()
    {
        issuer.Fail(TestIssuer.VerifyKey, 500);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get("/orders")).StatusCode);
        issuer.Say(TestIssuer.VerifyKey, answer.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, (await Get("/orders")).StatusCode);
    }

    [Fact]
    public async Task A_shared_key_is_known_by_its_client()
    {
        answer = new() { ["valid"] = true, ["shared_key"] = "legacy-billing" };

        Assert.Equal(HttpStatusCode.OK, (await Get("/anything")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get("/orders")).StatusCode);
    }

    [Fact]
    public async Task A_key_and_a_token_are_two_credentials()
    {
        var got = await service.Get("/orders", issuer.Token(TimeProvider.System.GetUtcNow()), ("X-API-Key", Key));

        Assert.Equal(HttpStatusCode.Unauthorized, got.StatusCode);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task About_what_can_be_no_key_nobody_is_asked()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Get("/orders", null, ("X-API-Key", new string('a', 513)))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Get("/orders", null, ("X-API-Key", "two words"))).StatusCode);
        Assert.Empty(asked);
    }

    private Task<HttpResponseMessage> Get(string path) => service.Get(path, null, ("X-API-Key", Key));
}
