using System.Net;
using Tumbler.Api.Tests.Http;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Tests.Credentials;

public class CredentialGateTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string Own = "/api/v1/organizations/acme";

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("test-admin-key-0123456789abcdefghi")]
    [InlineData("test-admin-key-0123456789abcdefghijk")]
    [InlineData("TEST-ADMIN-KEY-0123456789ABCDEFGHIJ")]
    public async Task Another_admin_key_is_not_accepted(string key)
    {
        using var response = await edge.Send("GET", Own, null, ("X-Admin-Key", key));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("ApiKey realm=\"tumbler\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("GET", Own)]
    [InlineData("GET", $"{Own}/api-keys")]
    [InlineData("POST", $"{Own}/api-key/rotate")]
    public async Task An_organisation_may_use_its_own_routes(string method, string path)
    {
        using var response = await edge.Send(method, path, null, ("X-API-Key", ScriptedApiKeys.AcmeKey));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("127.0.0.1", edge.ApiKeys.LastVerified!.Address);
    }

    [Theory]
    [InlineData("GET", "/api/v1/organizations/other")]
    [InlineData("GET", "/api/v1/organizations/ACME")]
    [InlineData("GET", "/api/v1/organizations/no")]
    [InlineData("GET", "/api/v1/organizations/other/api-keys")]
    [InlineData("POST", "/api/v1/organizations/other/api-key/rotate")]
    public async Task Another_organisation_is_forbidden_whether_it_exists_or_not(string method, string path)
    {
        using var response = await edge.Send(method, path, null, ("X-API-Key", ScriptedApiKeys.AcmeKey));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("acme_api_bad", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData(ScriptedApiKeys.ElsewhereKey, HttpStatusCode.Forbidden)]
    public async Task An_api_key_that_is_not_good_here_is_refused(string key, HttpStatusCode status)
    {
        using var response = await edge.Send("GET", Own, null, ("X-API-Key", key));
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Admin-Key: a\r\nX-Admin-Key: a\r\n", "X-Admin-Key")]
    [InlineData("X-API-Key: a\r\nX-API-Key: a\r\n", "X-API-Key")]
    [InlineData($"X-Admin-Key: {TestEdge.AdminKey}\r\nX-API-Key: {ScriptedApiKeys.AcmeKey}\r\n", "X-API-Key")]
    public async Task More_than_one_credential_is_a_bad_request(string headers, string field)
    {
        var answer = await edge.SendRaw($"GET {Own} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"field\":\"{field}\",\"rule\":\"one_credential\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_engine_is_told_who_asked()
    {
        using (await edge.Send("POST", $"{Own}/api-key/rotate", null, ("X-API-Key", ScriptedApiKeys.AcmeKey), ("X-Request-ID", "by-org")))
        {
            Assert.Equal(
                new CallContext(new Actor(ActorType.ApiKey, ScriptedApiKeys.Id.ToString()), "by-org", "127.0.0.1"),
                edge.ApiKeys.LastCall);
        }

        using (await edge.SendAsAdmin("POST", $"{Own}/api-key/rotate", null, ("X-Request-ID", "by-admin"), ("Idempotency-Key", "once")))
            Assert.Equal(new CallContext(Actor.Administrator, "by-admin", "127.0.0.1", "once", ByOwner: true), edge.ApiKeys.LastCall);
    }

    [Fact]
    public async Task No_credential_reaches_the_log()
    {
        using (await edge.SendAsAdmin("GET", Own)) { }
        using (await edge.Send("GET", Own, null, ("X-Admin-Key", "a-wrong-admin-key"))) { }
        using (await edge.Send("GET", Own, null, ("X-API-Key", "acme_api_wrong"))) { }
        Assert.NotEmpty(edge.Log.Lines);
        Assert.DoesNotContain(edge.Log.Lines, line =>
            line.Contains(TestEdge.AdminKey, StringComparison.Ordinal)
            || line.Contains("a-wrong-admin-key", StringComparison.Ordinal)
            || line.Contains("acme_api_wrong", StringComparison.Ordinal));
    }
}
