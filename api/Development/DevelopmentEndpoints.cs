using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Tumbler.Api.Development;

/// <summary>Endpoints for trying and testing. They are marked where they are mapped; whoever forgets to leave them out in production
/// has no production.</summary>
public static class DevelopmentEndpoints
{
    public static TBuilder OnlyInDevelopment<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(built => built.Metadata.Add(new DevelopmentOnly()));
        return endpoint;
    }

    /// <exception cref="DevelopmentEndpointException">There is one, and this is no development.</exception>
    internal static void Refuse(EndpointDataSource endpoints, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment() && endpoints.Endpoints.FirstOrDefault(IsOne) is { } found)
            throw new DevelopmentEndpointException((found as RouteEndpoint)?.RoutePattern.RawText ?? found.DisplayName ?? "-");
    }

    private static bool IsOne(Endpoint endpoint) => endpoint.Metadata.GetMetadata<DevelopmentOnly>() is not null;
}
