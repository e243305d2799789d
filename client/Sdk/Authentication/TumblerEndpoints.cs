using Microsoft.AspNetCore.Builder;

namespace Tumbler.Client;

/// <summary>What endpoints ask of their callers.</summary>
/// <example>
/// <code>
/// app.MapGet("/orders", () => "all of them").RequireScope("orders:read");
/// app.MapDelete("/orders/{id}", (string id) => id).RequireScope("orders:write").RequireRole("clerk", "manager");
/// </code>
/// </example>
public static class TumblerEndpoints
{
    /// <summary>Only callers that have all these scopes; 403 <c>insufficient_scope</c> for the others.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequireScopeAttribute(scopes));

    /// <summary>Only callers that have one of these roles; 403 for the others.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, params string[] oneOf)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequireRoleAttribute(oneOf));
}
