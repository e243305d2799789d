using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Tumbler.Api.Credentials;

/// <summary>Every route and who may use it. A route that is not in here does not start.</summary>
internal static class RouteAccess
{
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
        ["POST /api/v1/api-keys/verify"] = Access.Anyone, // The key in question is the credential.

        ["GET /api/v1/organizations"] = Access.Admin,
        ["POST /api/v1/organizations"] = Access.Admin,
        ["GET /api/v1/organizations/{org}"] = Access.AdminOrOwnOrg,
        ["PUT /api/v1/organizations/{org}"] = Access.Admin,
        ["DELETE /api/v1/organizations/{org}"] = Access.Admin,
        ["GET /api/v1/organizations/{org}/api-keys"] = Access.AdminOrOwnOrg,
        ["POST /api/v1/organizations/{org}/api-keys"] = Access.Admin,
        ["PATCH /api/v1/organizations/{org}/api-keys/{id}"] = Access.Admin,
        ["DELETE /api/v1/organizations/{org}/api-keys/{id}"] = Access.Admin,
        ["POST /api/v1/organizations/{org}/api-key/rotate"] = Access.AdminOrOwnOrg,

        ["GET /api/v1/admin/cluster"] = Access.Admin,
        ["GET /api/v1/admin/config"] = Access.Admin,
        ["GET /api/v1/admin/migration"] = Access.Admin,
        ["GET /api/v1/admin/jwt-rotation/status"] = Access.Admin,
        ["POST /api/v1/admin/jwt-rotation/trigger"] = Access.Admin,
        ["GET /api/v1/admin/rings"] = Access.Admin,
        ["GET /api/v1/admin/rings/{ring}"] = Access.Admin,
        ["PUT /api/v1/admin/rings/{ring}"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/rotate"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/revoke"] = Access.Admin,
        ["GET /api/v1/admin/rings/{ring}/keys"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/keys/{kid}/taint"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/keys/{kid}/revoke"] = Access.Admin,
        ["POST /api/v1/admin/rings/{ring}/keys/{kid}/export"] = Access.Owner,
        ["POST /api/v1/admin/rings/{ring}/keys/import"] = Access.Owner,
        ["GET /api/v1/admin/protection"] = Access.Admin,
        ["POST /api/v1/admin/protection/rewrap"] = Access.Admin,
        ["GET /api/v1/admin/audit-logs"] = Access.Admin,
        ["GET /api/v1/admin/audit-logs/{org}"] = Access.Admin,
        ["POST /api/v1/admin/audit-logs/verify"] = Access.Admin,
        ["POST /api/v1/admin/audit-logs/export"] = Access.Admin,
        ["POST /api/v1/admin/audit-logs/{org}/export"] = Access.Admin,
        ["GET /api/v1/admin/audit-logs/exports"] = Access.Admin,
        ["GET /api/v1/admin/audit-logs/exports/{id}"] = Access.Admin,
        ["GET /api/v1/admin/audit-logs/exports/{id}/files/{file}"] = Access.Admin,

        ["GET,HEAD /health/live"] = Access.Anyone,
        ["GET,HEAD /health/ready"] = Access.Anyone,
    }.ToFrozenDictionary();

    /// <summary>Gives each route its entry's access, for <see cref="CredentialGate"/>.</summary>
    public static TBuilder WithRouteAccess<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(route => route.Metadata.Add(Of((RouteEndpointBuilder)route)));
        return routes;
    }

    private static AccessRule Of(RouteEndpointBuilder route)
    {
        var methods = route.Metadata.OfType<IHttpMethodMetadata>().Last().HttpMethods;
        var name = $"{string.Join(',', methods)} {route.RoutePattern.RawText}";
        return Table.TryGetValue(name, out var access)
            ? new AccessRule(name, access)
            : throw new InvalidOperationException($"RouteAccess does not say who may use '{name}'.");
    }
}
