using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Credentials;
using Tumbler.Contracts.Limits;

namespace Tumbler.Api.Limits;

/// <summary>Gives each route its limit, for <see cref="RouteLimits"/>.</summary>
internal static class RouteLimiting
{
    public static TBuilder WithRouteLimits<TBuilder>(this TBuilder routes, LimitOptions options) where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(route =>
        {
            if (Of((RouteEndpointBuilder)route, options) is { } limit)
                route.Metadata.Add(limit);
        });
        return routes;
    }

    private static RouteLimit? Of(RouteEndpointBuilder route, LimitOptions options)
    {
        var name = RouteName.Of(route.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [], route.RoutePattern.RawText!);
        var isOpen = route.Metadata.OfType<AccessRule>().Last().Access == Access.Anyone;
        var rule = options.Routes.TryGetValue(name, out var own) ? own : isOpen ? null : options.Admin;
        return rule is null ? null : new RouteLimit(name, rule);
    }
}
