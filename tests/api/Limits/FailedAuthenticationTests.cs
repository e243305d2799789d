using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Limits;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Addresses;
using Tumbler.Core.Audit;
using Tumbler.Core.Proxies;

namespace Tumbler.Api.Tests.Limits;

/// <summary>All requests are of one machine; a proxy that is believed gives them their addresses.</summary>
public sealed class FailedAuthenticationTests : IAsyncLifetime
{
    private const string Own = "/api/v1/organizations/acme", Attacker = "198.51.100.1";

    private readonly TestEdge edge = new(
        options => options with { Proxies = new TrustedProxies(new AddressList(["127.0.0.1"]), sockets: false) },
        failures: new QuotaRule(3, TimeSpan.FromMinutes(1)));

    public ValueTask InitializeAsync() => edge.InitializeAsync();

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Theory]
    [InlineData("X-API-Key", "acme_api_bad")]
    [InlineData("X-Admin-Key", "wrong")]
    [InlineData("X-Other", "nothing")]
    public async Task From_the_limit_on_a_bad_credential_is_one_too_many(string header, string value)
    {
        for (var n = 0; n < 3; n++)
            Assert.Equal(HttpStatusCode.Unauthorized, await Status(Attacker, header, value));

        using var refused = await Get(Attacker, header, value);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 50, 60);
        Assert.Empty(refused.Headers.WwwAuthenticate);
        Assert.Equal("rate_limited", (await TestEdge.Json(refused)).GetProperty("error").GetString());
        Assert.Contains(edge.Events.Take()!.Tallies, tally => tally is { First.Reason: SecurityReason.RateLimited, First.Origin.Source: Attacker, Count: 1 });
    }

    [Fact]
    public async Task A_good_one_from_the_same_address_is_taken_all_the_same()
    {
        await Fail(Attacker, 5);
        Assert.Equal(HttpStatusCode.OK, await Status(Attacker, "X-API-Key", ScriptedApiKeys.AcmeKey));
        Assert.Equal(HttpStatusCode.OK, await Status(Attacker, "X-Admin-Key", TestEdge.AdminKey));
        Assert.Equal(HttpStatusCode.OK, (await Token(Attacker)).Status);
    }

    [Fact]
    public async Task Another_address_is_not_concerned_and_ipv6_counts_by_its_network()
    {
        await Fail("2001:db8::1", 2);
        await Fail("2001:db8::2", 1);
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status("2001:db8::3", "X-API-Key", "acme_api_bad"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("2001:db8:0:1::1", "X-API-Key", "acme_api_bad"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(Attacker, "X-API-Key", "acme_api_bad"));
    }

    [Fact]
    public async Task The_token_endpoint_counts_too()
    {
        edge.Tokens.OnIssue = (_, _) => ValueTask.FromResult<TokenAnswer?>(new OAuthError(OAuthErrorCode.InvalidClient, "No."));
        for (var n = 0; n < 3; n++)
            Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await Token(Attacker));
        Assert.Equal((HttpStatusCode.TooManyRequests, "invalid_client"), await Token(Attacker));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status(Attacker, "X-API-Key", "acme_api_bad"));
    }

    [Fact]
    public async Task A_service_that_asks_about_its_callers_keys_has_failed_at_nothing()
    {
        for (var n = 0; n < 5; n++)
        {
            using var answer = await edge.Send("POST", "/api/v1/api-keys/verify", """{"key":"acme_api_bad"}""", ("X-Forwarded-For", Attacker));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(0, edge.Attempts.Count);
    }

    [Fact]
    public async Task A_forged_address_behind_the_real_one_changes_nothing()
    {
        for (var n = 0; n < 3; n++)
            Assert.Equal(HttpStatusCode.Unauthorized, await Status($"203.0.113.{n}, {Attacker}", "X-API-Key", "acme_api_bad"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status($"203.0.113.9, {Attacker}", "X-API-Key", "acme_api_bad"));
    }

    private async Task Fail(string address, int times)
    {
        for (var n = 0; n < times; n++)
            await Status(address, "X-API-Key", "acme_api_bad");
    }

    private async Task<HttpStatusCode> Status(string address, string header, string value)
    {
        using var response = await Get(address, header, value);
        return response.StatusCode;
    }

    private Task<HttpResponseMessage> Get(string address, string header, string value) => edge.Send("GET", Own, null, ("X-Forwarded-For", address), (header, value));

    private async Task<(HttpStatusCode Status, string? Error)> Token(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "a"), new("client_secret", "b")]),
        };
        request.Headers.Add("X-Forwarded-For", address);
        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, (await TestEdge.Json(response)).TryGetProperty("error", out var error) ? error.GetString() : null);
    }
}
