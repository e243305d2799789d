using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Api.ApiKeys;
using Tumbler.Api.Audit;
using Tumbler.Api.Clients;
using Tumbler.Api.Cluster;
using Tumbler.Api.Configuration;
using Tumbler.Api.Console;
using Tumbler.Api.Credentials;
using Tumbler.Api.CrossOrigin;
using Tumbler.Api.ForwardAuth;
using Tumbler.Api.Headers;
using Tumbler.Api.Health;
using Tumbler.Api.Keys;
using Tumbler.Api.Limits;
using Tumbler.Api.Metrics;
using Tumbler.Api.Migration;
using Tumbler.Api.OpenApi;
using Tumbler.Api.Organizations;
using Tumbler.Api.Problems;
using Tumbler.Api.Protection;
using Tumbler.Api.Proxies;
using Tumbler.Api.Requests;
using Tumbler.Api.Revocations;
using Tumbler.Api.Tokens;
using Tumbler.Api.Tracing;

namespace Tumbler.Api;

/// <summary>The HTTP edge. It needs the engine's services from the container: <c>IKeyRings</c>, <c>IKeyTransfers</c>, <c>ITokens</c>,
/// <c>ITokenInspection</c>, <c>IRevocationLists</c>, <c>IOrganizations</c>, <c>IApiKeys</c>, <c>IClients</c>, <c>IKeyProtection</c>, <c>IAuditLog</c>, <c>IAuditExports</c>, <c>IPublishedKeys</c>,
/// <c>ICluster</c>, <c>IMigration</c>, <c>SharedKeys</c>, <c>IReadiness</c>, <c>IBearerTokens</c>, <c>IQuotas</c>, <c>FailedAttempts</c>, <c>ProductMeter</c>, <c>StoreNews</c>, <c>Issuers</c>, <c>SecurityEvents</c>, and <c>TimeProvider</c>, all
/// singletons.</summary>
public static class TumblerApi
{
    public static IServiceCollection AddTumblerApi(this IServiceCollection services, ApiOptions options) => services
        .AddSingleton(options)
        .AddSingleton<TurnedAway>()
        .AddSingleton<ResponseStamp>()
        .AddSingleton<Limited>()
        .AddSingleton<MetricsGate>()
        .AddSingleton<MetricsBook>()
        .AddRouting()
        .Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyReading.MaxBytes;
        });

    /// <summary>What every request passes through, in this order.</summary>
    public static IApplicationBuilder UseTumblerApi(this IApplicationBuilder app) => app
        .UseMiddleware<RequestMetrics>()
        .UseMiddleware<RequestSpans>()
        .UseMiddleware<ProxyHeaders>()
        .UseMiddleware<RequestIds>()
        .UseMiddleware<ProblemBoundary>()
        .UseMiddleware<Preflight>()
        .UseMiddleware<CatchUp>()
        .UseRouting()
        .UseMiddleware<CredentialGate>()
        .UseMiddleware<RouteLimits>();

    public static IEndpointRouteBuilder MapTumblerApi(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("").WithRouteAccess().WithRouteLimits(app.ServiceProvider.GetRequiredService<ApiOptions>().Limits);
        Routes<KeyDocumentRoutes>(app).Map(routes);
        Routes<TokenRoutes>(app).Map(routes);
        Routes<InspectionRoutes>(app).Map(routes);
        Routes<RevocationRoutes>(app).Map(routes);
        Routes<OrganizationRoutes>(app).Map(routes);
        Routes<ApiKeyRoutes>(app).Map(routes);
        Routes<ClientRoutes>(app).Map(routes);
        Routes<RingRoutes>(app).Map(routes);
        Routes<TransferRoutes>(app).Map(routes);
        Routes<ProtectionRoutes>(app).Map(routes);
        Routes<AuditRoutes>(app).Map(routes);
        Routes<ExportRoutes>(app).Map(routes);
        Routes<ClusterRoutes>(app).Map(routes);
        Routes<ForwardAuthRoutes>(app).Map(routes);
        Routes<ConfigRoutes>(app).Map(routes);
        Routes<MigrationRoutes>(app).Map(routes);
        OpenApiRoutes.Map(routes);
        Routes<HealthRoutes>(app).Map(routes);
        Routes<MetricsRoutes>(app).Map(routes);
        Routes<EventRoutes>(app).Map(routes);
        Routes<ConsoleRoutes>(app).Map(routes);
        return app;
    }

    private static T Routes<T>(IEndpointRouteBuilder app) => ActivatorUtilities.CreateInstance<T>(app.ServiceProvider);
}
