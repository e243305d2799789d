using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Tumbler.Api.Credentials;

/// <summary>Every route and who may use it. A route that is not in here does not start.</summary>
internal static class RouteAccess
{
    private const string AnyMethod = "*";

    public static FrozenDictionary<string, Access> Table { get; } = new Dictionary<string, Access>
    {
        ["GET,HEAD /.well-known/jwks.json"] = Access.Anyone,
        ["GET,HEAD /.well-known/openid-configuration"] = Access.Anyone,
        ["GET,HEAD /.well-known/oauth-authorization-server"] = Access.Anyone,
        ["GET,HEAD /.well-known/openid-configuration/rings/{ring}"] = Access.Anyone,
        ["GET,HEAD /.well-known/oauth-authorization-server/rings/{ring}"] = Access.Anyone,
        ["GET,HEAD /rings/{ring}/.well-known/jwks.json"] = Access.Anyone,
        ["GET,HEAD /rings/{ring}/.well-known/openid-configuration"] = Access.Anyone,
        ["GET,HEAD /rings/{ring}/.well-known/oauth-authorization-server"] = Access.Anyone,

        ["POST /oauth2/token"] = Access.Anyone, // It authenticates clients itself, as RFC 6749 says.
        ["POST /rings/{ring}/oauth2/token"] = Access.Anyone,
        ["POST /oauth2/introspect"] = Access.Client,
        ["POST /rings/{ring}/oauth2/introspect"] = Access.Client,
        ["POST /oauth2/revoke"] = Access.Client,
        ["POST /rings/{ring}/oauth2/revoke"] = Access.Client,
        ["GET /api/v1/revocations/{ring}"] = Access.Anyone, // Ids alone, which whoever has the token knows.
        ["GET /api/v1/revocations/{ring}/events"] = Access.Anyone,
        ["POST /api/v1/api-keys/verify"] = Access.Anyone, // The key in question is the credential.

        ["GET /api/v1/organizations"] = Access.AdminRead,
        ["POST /api/v1/organizations"] = Access.Admin,
        ["GET /api/v1/organizations/{org}"] = Access.AdminReadOrOwnOrg,
        ["PUT /api/v1/organizations/{org}"] = Access.Admin,
        ["DELETE /api/v1/organizations/{org}"] = Access.Admin,
        ["GET /api/v1/organizations/{org}/api-keys"] = Access.AdminReadOrOwnOrg,
        ["POST /api/v1/organizations/{org}/api-keys"] = Access.Admin,
        ["PATCH /api/v1/organizations/{org}/api-keys/{id}"] = Access.Admin,
        ["DELETE /api/v1/organizations/{org}/api-keys/{id}"] = Access.Admin,
        ["POST /api/v1/organizations/{org}/api-key/rotate"] = Access.AdminOrOwnKey,

        ["GET /api/v1/organizations/{org}/clients"] = Access.AdminReadOrOwnOrg,
        ["POST /api/v1/organizations/{org}/clients"] = Access.Admin,
        ["GET /api/v1/organizations/{org}/clients/{client}"] = Access.AdminReadOrOwnOrg,
        ["PUT /api/v1/organizations/{org}/clients/{client}"] = Access.Admin,
        ["DELETE /api/v1/organizations/{org}/clients/{client}"] = Access.Admin,

        ["GET /api/v1/admin/cluster"] = Access.AdminRead,
        ["GET /api/v1/admin/config"] = Access.AdminRead,
        ["GET /api/v1/admin/events"] = Access.AdminRead,
        ["GET /api/v1/admin/migration"] = Access.AdminRead,
        ["GET /api/v1/admin/jwt-rotation/status"] = Access.AdminRead,
        ["POST /api/v1/admin/jwt-rotation/trigger"] = Access.Admin,
        ["GET /api/v1/admin/rings"] = Access.AdminRead,
        ["GET /api/v1/admin/rings/{ring}"] = Access.AdminRead,
        ["PUT /api/v1/admin/rings/{ring}"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/rotate"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/revoke"] = Access.Admin,
        ["GET /api/v1/admin/rings/{ring}/keys"] = Access.AdminRead,
        ["POST /api/v1/admin/rings/{ring}/keys/{kid}/taint"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/keys/{kid}/revoke"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/keys/{kid}/export"] = Access.Owner,
        ["POST /api/v1/admin/rings/{ring}/keys/import"] = Access.Owner,
        ["GET /api/v1/admin/protection"] = Access.AdminRead,
        ["POST /api/v1/admin/protection/rewrap"] = Access.Admin,
        ["GET /api/v1/admin/audit-logs"] = Access.AdminRead,
        ["GET /api/v1/admin/audit-logs/{org}"] = Access.AdminRead,
        ["POST /api/v1/admin/audit-logs/verify"] = Access.AdminRead,
        ["POST /api/v1/admin/audit-logs/export"] = Access.Audit,
        ["POST /api/v1/admin/audit-logs/{org}/export"] = Access.Audit,
        ["GET /api/v1/admin/audit-logs/exports"] = Access.AdminRead,
        ["GET /api/v1/admin/audit-logs/exports/{id}"] = Access.AdminRead,
        ["GET /api/v1/admin/audit-logs/exports/{id}/files/{file}"] = Access.Audit,

        [$"{AnyMethod} /api/v1/forward-auth"] = Access.Anyone, // It judges the credential itself, by what the gateway asks for.

        ["GET,HEAD /openapi/v1.json"] = Access.Anyone,
        ["GET,HEAD /health/live"] = Access.Anyone,
        ["GET,HEAD /health/ready"] = Access.Anyone,
        ["GET /metrics"] = Access.Anyone, // It has a token of its own.
        ["GET,HEAD /console/"] = Access.Anyone, // A page without data: what it shows it asks for with a credential.
        ["GET,HEAD /console/{version}/{file}"] = Access.Anyone,
    }.ToFrozenDictionary();

    /// <summary>Gives each route its entry's access, for <see cref="CredentialGate"/>.</summary>
    public static TBuilder WithRouteAccess<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(route => route.Metadata.Add(Of((RouteEndpointBuilder)route)));
        return routes;
    }

    /// <summary>As in the table; without methods it takes any, and is written with a star.</summary>
    public static string NameOf(IHttpMethodMetadata? methods, RoutePattern pattern) =>
        $"{(methods is { HttpMethods.Count: > 0 } ? string.Join(',', methods.HttpMethods) : AnyMethod)} {pattern.RawText}";

    private static AccessRule Of(RouteEndpointBuilder route)
    {
        var name = NameOf(route.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault(), route.RoutePattern);
        return Table.TryGetValue(name, out var access)
            ? new AccessRule(name, access)
            : throw new InvalidOperationException($"RouteAccess does not say who may use '{name}'.");
    }
}
