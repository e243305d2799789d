using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;

namespace Tumbler.Api.Tests.Credentials;

/// <summary>Tokens as credentials of the admin API (RFC 6750).</summary>
public sealed class BearerTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Own = "/api/v1/organizations/acme";
    private const string Rotate = $"{Own}/api-key/rotate";

    [Theory]
    [InlineData($"Bearer {ScriptedBearers.Owner}")]
    [InlineData($"bearer {ScriptedBearers.Owner}")]
    [InlineData($"BEARER   {ScriptedBearers.Owner} ")]
    public async Task A_token_is_verified_by_the_default_ring_and_for_this_server(string authorization)
    {
        using var answer = await edge.Send("GET", Own, null, ("Authorization", authorization), ("X-Request-ID", "mine"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            (RingId.Default, ScriptedBearers.Owner, ScriptedBearers.Audience, new RequestOrigin("mine", "127.0.0.1", "GET /api/v1/organizations/{org}")),
            edge.Bearers.Last);
    }

    [Theory]
    [InlineData("Bearer refused")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    public async Task A_token_that_is_not_accepted_is_a_401_that_says_so(string authorization)
    {
        using var answer = await edge.Send("GET", Own, null, ("Authorization", authorization));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("unauthenticated", (await TestEdge.Json(answer)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Authorization: Basic YTpi\r\n")]
    [InlineData("Authorization: Bearerx y\r\n")]
    [InlineData("Authorization: Digest Bearer\r\n")]
    public async Task Without_a_credential_of_ours_the_answer_names_both_sorts(string header)
    {
        var answer = await edge.SendRaw($"GET {Own} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: ApiKey realm=\"tumbler\"\r\nWWW-Authenticate: Bearer realm=\"tumbler\"\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"X-Admin-Key: {TestEdge.AdminKey}\r\n", "Authorization")]
    [InlineData($"X-API-Key: {ScriptedApiKeys.AcmeKey}\r\n", "X-API-Key")]
    [InlineData($"Authorization: Bearer {ScriptedBearers.Owner}\r\n", "Authorization")]
    [InlineData("Authorization: Basic YTpi\r\n", "Authorization")]
    public async Task A_token_beside_another_credential_is_two(string other, string field)
    {
        var answer = await edge.SendRaw(
            $"GET {Own} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {ScriptedBearers.Owner}\r\n{other}\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"field\":\"{field}\",\"rule\":\"one_credential\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_scheme_is_no_second_credential()
    {
        using var answer = await edge.SendAsAdmin("GET", Own, null, ("Authorization", "Basic YTpi"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("other/tumbler:owner", true)]
    [InlineData("other/tumbler:operator", false)]
    [InlineData("other/tumbler:operator+tumbler:auditor", false)]
    public async Task Who_asked_is_the_client_and_the_engine_is_told_whether_it_is_an_owner(string token, bool owner)
    {
        using var answer = await edge.Send("POST", Rotate, null, ("Authorization", $"Bearer {token}"), ("X-Request-ID", "mine"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var actor = new Actor(ActorType.Administrator, ScriptedBearers.Client.ToString());
        Assert.Equal(new CallContext(actor, "mine", "127.0.0.1", ByOwner: owner), edge.ApiKeys.LastCall);
    }

    [Fact]
    public async Task A_token_of_an_organisation_does_not_become_a_key()
    {
        using var answer = await edge.Send("POST", Rotate, null, ("Authorization", $"Bearer {ScriptedBearers.Acme}"), ("X-Request-ID", "mine"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var expected = new SecurityEvent(
            SecurityReason.Forbidden, new("mine", "127.0.0.1", "POST /api/v1/organizations/{org}/api-key/rotate"), FixedClock.Now)
        {
            Key = ScriptedBearers.Client,
            Org = OrgSlug.Parse("acme"),
        };
        Assert.Contains(edge.Events.Take()!.Tallies, tally => tally.First == expected);
    }

    [Fact]
    public async Task An_administrator_who_asks_for_more_than_it_has_is_an_event()
    {
        edge.Events.Take();
        using var answer = await edge.Send(
            "POST", $"{Own}/api-keys", $$"""{"name":"{{ScriptedApiKeys.Reserved}}"}""", ("Authorization", $"Bearer {ScriptedBearers.Operator}"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(
            (SecurityReason.Forbidden, ScriptedBearers.Client),
            edge.Events.Take()!.Tallies.Select(tally => (tally.First.Reason, tally.First.Key!.Value)).Single());
    }

    [Fact]
    public async Task No_token_reaches_the_log()
    {
        using (await edge.Send("GET", Own, null, ("Authorization", "Bearer a-token-that-is-refused"))) { }
        using (await edge.Send("GET", Own, null, ("Authorization", $"Bearer {ScriptedBearers.Other}"))) { }
        Assert.DoesNotContain(edge.Log.Lines, line =>
            line.Contains("a-token-that", StringComparison.Ordinal) || line.Contains(ScriptedBearers.Other, StringComparison.Ordinal));
    }
}
