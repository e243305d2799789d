using System.Net;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Clients;

public sealed class ClientRoutesTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private const string All = "/api/v1/organizations/acme/clients";
    private const string One = $"{All}/{ScriptedClients.Id}";
    private const string Body = """{"client_name":"billing","token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{"kty":"EC"}]},"scopes":["read"]}""";

    [Fact]
    public async Task A_client_is_registered_under_the_names_of_the_RFCs()
    {
        var answer = await edge.SendAsAdmin("POST", All, Body);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(One, answer.Headers.Location!.ToString());
        Assert.Equal("""{"keys":[{"kty":"EC"}]}""", edge.Clients.LastRequest!.Jwks!.Value.GetRawText());
        Assert.Equal(
            $$$"""
            {"client_id":"{{{ScriptedClients.Id}}}","client_name":"billing","token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[]},"jwks_uri":null,
            "token_endpoint_auth_signing_alg":null,"tls_client_auth_subject_dn":null,"tls_client_auth_san_dns":null,"tls_client_auth_san_uri":null,
            "tls_client_auth_san_ip":null,"tls_client_auth_san_email":null,"tls_client_certificate_bound_access_tokens":false,"scopes":["read"],"audiences":[],
            "created_at":"{{{FixedClock.Now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}","updated_at":"{{{FixedClock.Now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}","expires_at":null}
            """.ReplaceLineEndings(""),
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", All, null)]
    [InlineData("GET", One, null)]
    [InlineData("PUT", One, Body)]
    [InlineData("DELETE", One, null)]
    public async Task It_is_listed_shown_replaced_and_deleted(string method, string path, string? body) =>
        Assert.Equal(HttpStatusCode.OK, (await edge.SendAsAdmin(method, path, body)).StatusCode);

    [Theory]
    [InlineData("GET", All, null, 200)]
    [InlineData("GET", One, null, 200)]
    [InlineData("POST", All, Body, 403)]
    [InlineData("PUT", One, Body, 403)]
    [InlineData("DELETE", One, null, 403)]
    public async Task Its_own_organisation_may_read(string method, string path, string? body, int status) =>
        Assert.Equal(status, (int)(await edge.Send(method, path, body, ("X-API-Key", ScriptedApiKeys.AcmeKey))).StatusCode);

    [Theory]
    [InlineData("""{"client_name":5}""", "client_name", "type")]
    [InlineData("""{"jwks":"x"}""", "jwks", "type")]
    [InlineData("""{"jwks":[]}""", "jwks", "type")]
    [InlineData("""{"client_secret":"x"}""", "client_secret", "unknown_field")]
    [InlineData("""{"client_name":"a","client_name":"b"}""", "client_name", "duplicate_field")]
    [InlineData("""{"tls_client_certificate_bound_access_tokens":"yes"}""", "tls_client_certificate_bound_access_tokens", "type")]
    public async Task A_body_that_is_none_names_the_field(string body, string field, string rule)
    {
        var answer = await edge.SendAsAdmin("POST", All, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var first = (await TestEdge.Json(answer)).GetProperty("fields")[0];
        Assert.Equal((field, rule), (first.GetProperty("field").GetString(), first.GetProperty("rule").GetString()));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("acme_client_short")]
    [InlineData("11111111-2222-4333-8444-555555555555")]
    public async Task An_id_of_another_form_is_named(string id)
    {
        var answer = await edge.SendAsAdmin("GET", $"{All}/{id}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("client_id", (await TestEdge.Json(answer)).GetProperty("fields")[0].GetProperty("rule").GetString());
    }
}
