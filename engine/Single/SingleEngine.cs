using Microsoft.Extensions.DependencyInjection;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Migration;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Limits;
using Tumbler.Engine.Metrics;
using Tumbler.Engine.Readiness;
using Tumbler.Engine.Revocations;

namespace Tumbler.Engine.Single;

/// <summary>The engine in one process: everything is decided here, and a timer ticks the rings.</summary>
public static class SingleEngine
{
    public static IServiceCollection AddSingleEngine(this IServiceCollection services, EngineSetup options) => services
        .AddEngineParts(options)
        .AddSingleton<IKeyRings>(provider => provider.GetRequiredService<KeyRings>())
        .AddSingleton<IOrganizations>(provider => provider.GetRequiredService<Organizations.Organizations>())
        .AddSingleton<IApiKeys>(provider => provider.GetRequiredService<ApiKeys.ApiKeys>())
        .AddSingleton<ITokenRevocations>(provider => provider.GetRequiredService<TokenRevoker>())
        .AddSingleton<IClients>(provider => provider.GetRequiredService<Clients.Clients>())
        .AddSingleton<IReadiness>(provider => provider.GetRequiredService<NodeReadiness>())
        .AddSingleton<ICluster>(provider => ActivatorUtilities.CreateInstance<Alone>(provider, options.Node))
        .AddSingleton<IMigration>(provider => ActivatorUtilities.CreateInstance<MigrationAlone>(provider, options.Node))
        .AddSingleton<IQuotas>(provider => ActivatorUtilities.CreateInstance<LeasedQuotas>(
            provider, new SingleQuotaOwner(options.MachineClock), options.MachineClock))
        .AddSingleton(new SilosSeen(() => 1, Expected: null))
        .AddHostedService<SchedulePulse>();
}
