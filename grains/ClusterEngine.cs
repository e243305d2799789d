using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.Serialization;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Migration;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Engine;
using Tumbler.Engine.Metrics;
using Tumbler.Engine.Readiness;
using Tumbler.Grains.Keys;
using Tumbler.Grains.Limits;
using Tumbler.Grains.Members;
using Tumbler.Grains.Organizations;
using Tumbler.Grains.Snapshots;
using Tumbler.Grains.Tokens;
using Tumbler.Grains.Wire;

namespace Tumbler.Grains;

/// <summary>The engine of many processes: each ring and organisation has an owner among them, any of them answers any request.</summary>
public static class ClusterEngine
{
    public static void AddClusterEngine(this IHostApplicationBuilder host, EngineSetup engine, ClusterSetup cluster)
    {
        host.Services
            .AddSingleton(cluster)
            .AddSingleton<ICluster, ClusterMembers>()
            .AddSingleton<IMigration, ClusterMigration>()
            .AddOwners(engine)
            .AddOrleansClocks(engine.MachineClock)
            .AddMembers(cluster, engine.MachineClock);
        host.UseOrleans(silo =>
        {
            // Reminders go by the service, which stays the same; members by the cluster, which each generation makes anew.
            silo.Configure<ClusterOptions>(options =>
                (options.ClusterId, options.ServiceId) = ($"{cluster.Id}-{cluster.Generation}", RedisMarks.Prefix(cluster.Id)));
            silo.Configure<SiloOptions>(options => options.SiloName = cluster.SiloName);
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = cluster.Endpoint.Address;
                options.SiloPort = cluster.Endpoint.Port;
                options.SiloListeningEndpoint = cluster.Endpoint;

                // Whoever calls grains is a silo itself.
                options.GatewayPort = 0;
            });
            silo.UseRedis(cluster.Redis);
            silo.AddDistributedGrainDirectory();
            silo.AddGrainService<SnapshotService>();
            silo.UseTumblerTimes();
            if (cluster.Dashboard)
                silo.AddDashboard(dashboard => dashboard.HideTrace = true);
            silo.UseMembers(cluster, engine.MachineClock);
        });
    }

    /// <summary>What a silo does, whoever the others are.</summary>
    internal static IServiceCollection AddOwners(this IServiceCollection services, EngineSetup engine) => services
        .AddEngineParts(engine)
        .AddSingleton(provider => new SilosSeen(
            () => provider.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Count,
            provider.GetService<ClusterSetup>()?.ExpectedSilos))
        .AddSingleton<Herald>()
        .AddSingleton<ClusterKeyRings>()
        .AddSingleton<IKeyRings>(provider => provider.GetRequiredService<ClusterKeyRings>())
        .AddSingleton<OrganizationOwners>()
        .AddSingleton<IOrganizations, ClusterOrganizations>()
        .AddSingleton<IApiKeys, ClusterApiKeys>()
        .AddSingleton<ITokenRevocations, ClusterTokenRevocations>()
        .AddSingleton<IClients, ClusterClients>()
        .AddSingleton<IReadiness, ClusterReadiness>()
        .AddSingleton<Alarm>()
        .AddHostedService<MemberLog>()
        .AddClusterQuotas(engine.MachineClock)
        .AddHostedService<RingSweep>()
        .AddSerializer(serializer => serializer.AddContracts());

    /// <summary>Silos watch each other by the machine's clock; reminders go by the keys' own, which may be a fast one.</summary>
    internal static IServiceCollection AddOrleansClocks(this IServiceCollection services, TimeProvider machineClock) => services
        .AddKeyedSingleton(KeyedService.AnyKey, machineClock)
        .AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, (provider, _) => provider.GetRequiredService<TimeProvider>());
}
