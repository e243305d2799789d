using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Api.Credentials;
using Tumbler.Api.Tests.Http;
using Tumbler.Core.Administrators;

namespace Tumbler.Api.Tests.Credentials;

public class RouteAccessTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private IEnumerable<(string Name, RouteEndpoint Endpoint)> Routes =>
        from endpoint in edge.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods
        select ($"{(methods is null ? "*" : string.Join(',', methods))} {endpoint.RoutePattern.RawText}", endpoint);

    [Fact]
    public void The_table_and_the_registered_routes_name_the_same_routes() =>
        Assert.Equal(RouteAccess.Table.Keys.Order(), Routes.Select(route => route.Name).Order());

    [Fact]
    public void Every_route_carries_the_access_of_its_entry() => Assert.All(Routes, route =>
        Assert.Equal(RouteAccess.Table[route.Name], route.Endpoint.Metadata.GetRequiredMetadata<AccessRule>().Access));

    [Fact]
    public void Nothing_under_admin_is_open_to_anyone_or_to_organisations() => Assert.All(
        RouteAccess.Table.Where(entry => entry.Key.Contains("/admin/", StringComparison.Ordinal)),
        entry => Assert.True(entry.Value is Access.AdminRead or Access.Admin or Access.Audit or Access.Owner, entry.Key));

    [Fact]
    public void Open_to_an_owner_alone_is_what_takes_private_keys_out_and_in() => Assert.Equal(
        ["POST /api/v1/admin/rings/{ring}/keys/import", "POST /api/v1/admin/rings/{ring}/keys/{kid}/export"],
        Names(Access.Owner));

    [Fact]
    public void An_auditor_changes_nothing_and_only_looks_checks_and_takes_copies_of_the_log() => Assert.Equal(
        [
            "POST /api/v1/admin/audit-logs/export",
            "POST /api/v1/admin/audit-logs/verify",
            "POST /api/v1/admin/audit-logs/{org}/export",
        ],
        RouteAccess.Table
            .Where(entry => entry.Value.Allowed().HasFlag(AdminRoles.Auditor) && !entry.Key.StartsWith("GET ", StringComparison.Ordinal))
            .Select(entry => entry.Key)
            .Order(StringComparer.Ordinal));

    /// <summary>Written out once more on purpose: opening a route takes two edits.</summary>
    [Fact]
    public void Open_to_anyone_are_these_routes_and_no_others() => Assert.Equal(
        [
            "* /api/v1/forward-auth",
            "GET /api/v1/revocations/{ring}",
            "GET /api/v1/revocations/{ring}/events",
            "GET /metrics",
            "GET,HEAD /.well-known/jwks.json",
            "GET,HEAD /.well-known/oauth-authorization-server",
            "GET,HEAD /.well-known/oauth-authorization-server/rings/{ring}",
            "GET,HEAD /.well-known/openid-configuration",
            "GET,HEAD /.well-known/openid-configuration/rings/{ring}",
            "GET,HEAD /console/",
            "GET,HEAD /console/{version}/{file}",
            "GET,HEAD /health/live",
            "GET,HEAD /health/ready",
            "GET,HEAD /openapi/v1.json",
            "GET,HEAD /rings/{ring}/.well-known/jwks.json",
            "GET,HEAD /rings/{ring}/.well-known/oauth-authorization-server",
            "GET,HEAD /rings/{ring}/.well-known/openid-configuration",
            "POST /api/v1/api-keys/verify",
            "POST /oauth2/token",
            "POST /rings/{ring}/oauth2/token",
        ],
        Names(Access.Anyone));

    [Fact]
    public void Clients_are_authenticated_by_these_routes_themselves_and_by_no_others() => Assert.Equal(
        [
            "POST /oauth2/introspect",
            "POST /oauth2/revoke",
            "POST /rings/{ring}/oauth2/introspect",
            "POST /rings/{ring}/oauth2/revoke",
        ],
        Names(Access.Client));

    [Fact]
    public void Open_to_an_organisation_about_itself_are_these_routes_and_no_others() => Assert.Equal(
        [
            "GET /api/v1/organizations/{org}",
            "GET /api/v1/organizations/{org}/api-keys",
            "GET /api/v1/organizations/{org}/clients",
            "GET /api/v1/organizations/{org}/clients/{client}",
            "POST /api/v1/organizations/{org}/api-key/rotate",
        ],
        Names(Access.AdminReadOrOwnOrg).Concat(Names(Access.AdminOrOwnKey)));

    [Fact]
    public async Task Every_route_tells_another_method_which_ones_it_takes()
    {
        foreach (var name in RouteAccess.Table.Keys.Where(name => name[0] != '*'))
        {
            using var response = await edge.SendAsAdmin("BREW", RouteRequest.For(name).Path);
            Assert.True((int)response.StatusCode == 405, $"{name} answered {(int)response.StatusCode} to BREW");
            Assert.Superset(name.Split(' ')[0].Split(',').ToHashSet(), response.Content.Headers.Allow.ToHashSet());
            Assert.Equal("method_not_allowed", (await TestEdge.Json(response)).GetProperty("error").GetString());
        }
    }

    /// <summary>Slugs and ring ids mean their very letters: what decodes to something else is another one or none.</summary>
    [Theory]
    [InlineData("%61cme", 200)]
    [InlineData("acme%20", 403)]
    [InlineData("acme%00", 400)]
    [InlineData("acme%2F", 403)]
    [InlineData("acme%2F..%2Fother", 403)]
    [InlineData("x/../acme", 200)]
    [InlineData("acme/../other", 403)]
    [InlineData("%C3%A1cme", 403)]
    [InlineData("acme;x", 403)]
    [InlineData("/acme", 404)]
    public async Task An_organisation_reaches_itself_however_it_writes_itself_and_nobody_else(string org, int status)
    {
        // Raw: a client would tidy the path up.
        var answer = await edge.SendRaw(
            $"GET /api/v1/organizations/{org} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {ScriptedApiKeys.AcmeKey}\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(Access access) =>
        RouteAccess.Table.Where(entry => entry.Value == access).Select(entry => entry.Key).Order(StringComparer.Ordinal);
}
