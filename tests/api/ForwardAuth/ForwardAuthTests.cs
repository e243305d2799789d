using System.Collections.Frozen;
using System.Net;
using Tumbler.Api.ForwardAuth;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Migration;
using Tumbler.Core.Audit;
using Tumbler.Core.Migration;
using Tumbler.Engine.Migration;

namespace Tumbler.Api.Tests.ForwardAuth;

/// <summary>What a gateway is answered, with the methods that are on without a setting.</summary>
public sealed class ForwardAuthTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Path = "/api/v1/forward-auth";

    private static readonly string Client = ScriptedBearers.Client.ToString();
    private static readonly string Key = ScriptedApiKeys.Id.ToString();

    [Fact]
    public async Task A_good_token_is_let_through_with_what_it_says()
    {
        using var answer = await Ask("", Bearer("acme/read+write"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((Client, "acme", "read write", Client), Identity(answer));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_good_key_is_let_through_under_the_subject_of_its_tokens()
    {
        using var answer = await Ask("", ("X-API-Key", ScriptedApiKeys.AcmeKey));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((Key, "acme", "read", Key), Identity(answer));
        Assert.Equal("127.0.0.1", edge.ApiKeys.LastVerified!.Address);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Whatever_the_method_the_answer_is_the_same(string method)
    {
        using (var answer = await edge.Send(method, Path, null, Bearer(ScriptedBearers.Acme)))
            Assert.Equal((HttpStatusCode.OK, Client), (answer.StatusCode, Identity(answer).Subject));
        using (var answer = await edge.Send(method, Path))
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_is_not_looked_at()
    {
        using var answer = await edge.Send("POST", Path, "{\"not\": \"json", Bearer(ScriptedBearers.Acme));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_request_s_own_copies_of_the_headers_come_to_nothing()
    {
        (string, string)[] forged =
            [("X-Auth-Subject", "root"), ("X-Auth-Org", "other"), ("X-Auth-Scopes", "write"), ("X-Auth-Key-Id", "1")];
        using (var answer = await Ask("", [Bearer(ScriptedBearers.Acme), .. forged]))
            Assert.Equal((Client, "acme", "read", Client), Identity(answer));
        using (var answer = await Ask("?scope=write", [Bearer(ScriptedBearers.Acme), .. forged]))
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using (var answer = await Ask("", forged))
            Assert.Equal((HttpStatusCode.Unauthorized, default), (answer.StatusCode, Identity(answer)));
    }

    [Theory]
    [InlineData("?scope=read", 200)]
    [InlineData("?scope=read%20write", 200)]
    [InlineData("?scope=write+read", 200)]
    [InlineData("?scope=read%20admin", 403)]
    [InlineData("?scope=rea", 403)]
    [InlineData("?scope=READ", 403)]
    [InlineData("?org=acme", 200)]
    [InlineData("?org=other", 403)]
    [InlineData("?org=ACME", 403)]
    [InlineData("?scope=read&org=acme&audience=https%3A%2F%2Fa&ring=orders", 200)]
    public async Task A_token_needs_all_that_the_gateway_asks_for(string query, int status)
    {
        using var answer = await Ask(query, Bearer("acme/read+write"));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("?scope=read", 200)]
    [InlineData("?scope=read%20write", 403)]
    [InlineData("?org=acme", 200)]
    [InlineData("?org=other", 403)]
    [InlineData("?audience=urn:here", 200)]
    [InlineData("?audience=urn:elsewhere", 403)]
    public async Task So_does_a_key(string query, int status)
    {
        using var answer = await Ask(query, ("X-API-Key", ScriptedApiKeys.AcmeKey));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("?audience=https://a.example", MigrationPhase.Dual, 200, null)]
    [InlineData("?audience=https://a.example&scope=write", MigrationPhase.Dual, 200, null)]
    [InlineData("?audience=https://a.example", MigrationPhase.JwtPreferred, 200, "@1767225600")]
    [InlineData("?audience=https://a.example&org=acme", MigrationPhase.Dual, 403, null)]
    [InlineData("?audience=https://a.example", MigrationPhase.JwtOnly, 401, null)]
    [InlineData("", MigrationPhase.Dual, 401, null)]
    public async Task A_shared_key_is_taken_as_the_phase_of_the_service_says(string query, MigrationPhase phase, int status, string? deprecation)
    {
        const string key = "a-shared-key-of-the-old-days";
        edge.SharedKeys.Replace(new SharedKeySetup(
            new MigrationPlan(
                MigrationPhase.JwtOnly, new Dictionary<string, MigrationPhase> { ["https://a.example"] = phase }.ToFrozenDictionary(),
                new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Sunset: null),
            new Dictionary<string, string> { ["billing"] = key }));

        using var answer = await Ask(query, ("X-API-Key", key));

        Assert.Equal((status, deprecation), ((int)answer.StatusCode, answer.Headers.TryGetValues("Deprecation", out var told) ? told.Single() : null));
        Assert.Equal(status == 200 ? "billing" : null, Identity(answer).Subject);
    }

    [Theory]
    [InlineData("", "default", null)]
    [InlineData("?ring=orders", "orders", null)]
    [InlineData("?audience=https://a.example", "default", "https://a.example")]
    [InlineData("?iss=https://issuer.example", "default", null)]
    [InlineData("?iss=https://issuer.example/rings/orders", "orders", null)]
    public async Task The_gateway_names_the_ring_and_the_audience(string query, string ring, string? audience)
    {
        using var answer = await Ask(query, Bearer(ScriptedBearers.Acme));
        Assert.Equal((RingId.Parse(ring), audience), (edge.Bearers.Last.Ring, edge.Bearers.Last.Audience));
    }

    [Theory]
    [InlineData("?scopes=read", "scopes", "unknown_parameter")]
    [InlineData("?scope=read&scope=write", "scope", "duplicate_parameter")]
    [InlineData("?scope=", "scope", "required")]
    [InlineData("?scope=a%22b", "scope[0]", "scope")]
    [InlineData("?scope=a%0d%0ab", "scope[0]", "scope")]
    [InlineData("?audience=here", "audience", "audience")]
    [InlineData("?org=a", "org", "slug")]
    [InlineData("?ring=A", "ring", "ring_id")]
    [InlineData("?iss=https://elsewhere.example", "iss", "issuer")]
    [InlineData("?iss=https://issuer.example/rings/default", "iss", "issuer")]
    [InlineData("?iss=https://issuer.example&ring=orders", "iss", "one_of")]
    public async Task A_gateway_that_asks_for_nonsense_lets_nobody_through(string query, string field, string rule)
    {
        using var answer = await Ask(query, Bearer(ScriptedBearers.Owner));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = Assert.Single((await TestEdge.Json(answer)).GetProperty("fields").EnumerateArray());
        Assert.Equal((field, rule), (error.GetProperty("field").GetString(), error.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task A_401_says_how_to_do_better()
    {
        using (var answer = await Ask(""))
            Assert.Equal((401, "Bearer realm=\"tumbler\", ApiKey realm=\"tumbler\""), Challenge(answer));
        using (var answer = await Ask("", Bearer(ScriptedBearers.Refused)))
            Assert.Equal((401, "Bearer error=\"invalid_token\""), Challenge(answer));
        using (var answer = await Ask("", ("X-API-Key", "acme_api_bad")))
            Assert.Equal((401, "ApiKey realm=\"tumbler\""), Challenge(answer));
        using (var answer = await Ask("?scope=read%20admin", Bearer(ScriptedBearers.Acme)))
            Assert.Equal((403, "Bearer error=\"insufficient_scope\", scope=\"read admin\""), Challenge(answer));
        using (var answer = await Ask("?org=other", Bearer(ScriptedBearers.Acme)))
            Assert.Equal((403, ""), Challenge(answer));
        using (var answer = await Ask("", ("X-API-Key", ScriptedApiKeys.ElsewhereKey)))
            Assert.Equal((403, ""), Challenge(answer));
    }

    [Theory]
    [InlineData($"Authorization: Bearer {ScriptedBearers.Acme}\r\nX-API-Key: {ScriptedApiKeys.AcmeKey}\r\n")]
    [InlineData($"Authorization: Bearer {ScriptedBearers.Acme}\r\nAuthorization: Bearer {ScriptedBearers.Acme}\r\n")]
    [InlineData($"X-API-Key: {ScriptedApiKeys.AcmeKey}\r\nX-API-Key: {ScriptedApiKeys.AcmeKey}\r\n")]
    public async Task Two_credentials_are_none(string headers)
    {
        var answer = await edge.SendRaw($"GET {Path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Bearer error=\"invalid_request\"\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Admin-Key", TestEdge.AdminKey)]
    [InlineData("X-Client-Cert-Subject", "CN=billing,O=Acme")]
    [InlineData("Authorization", "Basic YTpi")]
    public async Task What_is_none_of_its_methods_is_no_credential(string header, string value)
    {
        using var answer = await Ask("", (header, value));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("a\r\nX-Auth-Org: other")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("ä")]
    public async Task What_can_t_stand_in_a_header_is_not_let_through(string subject)
    {
        edge.Bearers.Subject = subject;
        try
        {
            using var answer = await Ask("", Bearer(ScriptedBearers.Acme));
            Assert.Equal((HttpStatusCode.Unauthorized, default), (answer.StatusCode, Identity(answer)));
        }
        finally
        {
            edge.Bearers.Subject = Client;
        }
    }

    [Fact]
    public async Task Who_is_refused_is_in_the_log_of_security_events()
    {
        edge.Events.Take();
        using (await Ask("?scope=admin", Bearer(ScriptedBearers.Acme), ("X-Request-ID", "mine"))) { }
        var happened = Assert.Single(edge.Events.Take()!.Tallies).First;
        Assert.Equal(
            (SecurityReason.InsufficientScope, new RequestOrigin("mine", "127.0.0.1", "* /api/v1/forward-auth"), ScriptedBearers.Client),
            (happened.Reason, happened.Origin, happened.Key!.Value));
        using (await Ask(""))
            Assert.Equal(SecurityReason.NoCredential, Assert.Single(edge.Events.Take()!.Tallies).First.Reason);
        using (await Ask("", Bearer(ScriptedBearers.Acme)))
            Assert.Null(edge.Events.Take());
    }

    [Fact]
    public async Task Queries_beyond_those_of_any_gateway_are_answered_all_the_same()
    {
        for (var i = 0; i < 1_100; i++)
        {
            using var answer = await Ask($"?scope=s{i}", Bearer($"acme/s{i}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private Task<HttpResponseMessage> Ask(string query, params (string Name, string Value)[] headers) =>
        edge.Send("GET", Path + query, null, headers);

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static (int Status, string Challenge) Challenge(HttpResponseMessage answer) =>
        ((int)answer.StatusCode, answer.Headers.WwwAuthenticate.ToString());

    private static (string? Subject, string? Org, string? Scopes, string? KeyId) Identity(HttpResponseMessage answer)
    {
        return (One("X-Auth-Subject"), One("X-Auth-Org"), One("X-Auth-Scopes"), One("X-Auth-Key-Id"));

        string? One(string name) => answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
    }
}
