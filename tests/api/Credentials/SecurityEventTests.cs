using System.Net;
using System.Text;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;

namespace Tumbler.Api.Tests.Credentials;

/// <summary>What is refused at the door, before the engine is asked or after it has answered.</summary>
public class SecurityEventTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Own = "/api/v1/organizations/acme";
    private const string OwnRoute = "GET /api/v1/organizations/{org}";

    [Fact]
    public async Task A_wrong_admin_key_is_an_event_with_its_request_and_nothing_of_the_key()
    {
        using (await edge.Send("GET", Own, null, ("X-Admin-Key", "a-wrong-admin-key"), ("X-Request-ID", "mine"))) { }

        var happened = Only();
        Assert.Equal(Event(SecurityReason.WrongAdminKey, "mine"), happened);
        Assert.DoesNotContain("a-wrong-admin-key", happened.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_credential_is_an_event()
    {
        using (await edge.Send("GET", Own, null, ("X-Request-ID", "mine"))) { }
        Assert.Equal(Event(SecurityReason.NoCredential, "mine"), Only());
    }

    [Fact]
    public async Task A_good_key_on_the_wrong_route_is_an_event_of_its_organisation()
    {
        using (await edge.Send("GET", "/api/v1/organizations/other", null, ("X-API-Key", ScriptedApiKeys.AcmeKey), ("X-Request-ID", "mine"))) { }
        Assert.Equal(
            Event(SecurityReason.Forbidden, "mine") with { Key = ScriptedApiKeys.Id, Org = OrgSlug.Parse("acme") }, Only());
    }

    [Fact]
    public async Task The_engine_is_told_which_request_presented_an_api_key()
    {
        using (await edge.Send("GET", Own, null, ("X-API-Key", "acme_api_bad"), ("X-Request-ID", "gate"))) { }
        Assert.Equal(new RequestOrigin("gate", "127.0.0.1", OwnRoute), edge.ApiKeys.LastOrigin);

        using (await edge.Send("POST", "/api/v1/api-keys/verify", """{"key":"acme_api_bad"}""", ("X-Request-ID", "verify"))) { }
        Assert.Equal(new RequestOrigin("verify", "127.0.0.1", "POST /api/v1/api-keys/verify"), edge.ApiKeys.LastOrigin);
        Assert.Null(edge.Events.Take());
    }

    [Theory]
    [InlineData("grant_type=client_credentials", null)]
    [InlineData("grant_type=client_credentials&client_id=a", null)]
    [InlineData("grant_type=client_credentials", "Bearer x")]
    [InlineData("grant_type=client_credentials", "Basic hunter2")]
    public async Task A_token_request_without_a_client_is_an_event(string form, string? authorization)
    {
        using (await Token(form, authorization)) { }
        Assert.Equal(Event(SecurityReason.NoCredential, "mine", "POST /rings/{ring}/oauth2/token"), Only());
    }

    [Theory]
    [InlineData("grant_type=password", null)]
    [InlineData("grant_type=client_credentials&client_id=a&client_secret=b", "Basic YTpi")]
    [InlineData("grant_type=client_credentials&client_id=a&client_secret=b", null)]
    public async Task A_request_that_is_only_badly_made_or_is_the_engine_s_to_judge_is_none_here(string form, string? authorization)
    {
        using (await Token(form, authorization)) { }
        Assert.Null(edge.Events.Take());
    }

    [Fact]
    public async Task The_engine_is_told_which_request_asked_for_a_token()
    {
        using (await Token("grant_type=client_credentials&client_id=a&client_secret=b", null)) { }
        Assert.Equal(new RequestOrigin("mine", "127.0.0.1", "POST /rings/{ring}/oauth2/token"), edge.Tokens.Requests[^1].Origin);
    }

    [Fact]
    public async Task Who_is_let_in_is_no_event()
    {
        using (var answer = await edge.SendAsAdmin("GET", Own))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (await edge.Send("GET", "/health/live")) { }
        Assert.Null(edge.Events.Take());
    }

    private static SecurityEvent Event(SecurityReason reason, string requestId, string route = OwnRoute) =>
        new(reason, new RequestOrigin(requestId, "127.0.0.1", route), FixedClock.Now);

    private Task<HttpResponseMessage> Token(string form, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/rings/orders/oauth2/token")
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Request-ID", "mine");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>What was recorded since the last time, exactly one.</summary>
    private SecurityEvent Only()
    {
        var tally = Assert.Single(edge.Events.Take()!.Tallies);
        Assert.Equal(1, tally.Count);
        return tally.First;
    }
}
