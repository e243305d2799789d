using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using StackExchange.Redis;

namespace Tumbler.Grains.Members;

/// <summary>Who is a silo of the cluster, and for how long.</summary>
internal static class Membership
{
    public static IServiceCollection AddMembers(this IServiceCollection services, ClusterSetup cluster, TimeProvider machineClock) => services
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<SiloEnd>(provider, machineClock))
        .AddSingleton<IFatalErrorHandler, DeclaredDead>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<RefusedConnections>(provider, machineClock))
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<MembershipWatch>(
            provider, cluster, new RedisMarks(cluster.Redis, cluster.Id, cluster.Rows.Store), machineClock))
        .AddLogging(logging =>
        {
            // One line says it all, without stack traces; see RefusedConnections. That a silo is lost, others say.
            logging.AddFilter("Orleans.Connections.Security", LogLevel.None);
            logging.AddFilter("Orleans.Runtime.Messaging", LogLevel.Error);

            logging.AddFilter("Orleans.Runtime.GrainDirectory", LogLevel.Error);
            logging.AddFilter("Orleans.Runtime.MembershipService.SiloHealthMonitor", LogLevel.Error);
            logging.AddFilter("Orleans.Runtime.MembershipService.MembershipSystemTarget", LogLevel.Error);

            // Why a start failed the process says when it ends.
            logging.AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.None);
            logging.AddFilter("Orleans.Runtime.Silo", LogLevel.None);

            // Orleans speaks through them of every silo that comes or goes.
            logging.AddFilter("Tumbler.Grains.Snapshots.SnapshotService", LogLevel.Warning);
        });

    public static void UseMembers(this ISiloBuilder silo, ClusterSetup cluster, TimeProvider machineClock)
    {
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<RefusedConnections>((options, refused) =>
        {
            // Before TLS, so that it sees what TLS refuses.
            refused.Watch(options, tls: cluster.Certificates is not null);
            if (cluster.Certificates is { } certificates)
                options.UseMutualTls(certificates, refused, machineClock);
        });
    }

    public static void UseRedis(this ISiloBuilder silo, IConnectionMultiplexer redis)
    {
        // Orleans wants some, and uses none: the connection is there.
        var none = new ConfigurationOptions();
        silo.UseRedisClustering(options =>
            (options.ConfigurationOptions, options.CreateMultiplexer) = (none, _ => Task.FromResult((redis, true))));
        silo.UseRedisReminderService(options =>
            (options.ConfigurationOptions, options.CreateMultiplexer) = (none, _ => Task.FromResult((redis, true))));

        var table = silo.Services.Last(service => service.ServiceType == typeof(IMembershipTable)).ImplementationFactory!;
        silo.Services.AddSingleton<IMembershipTable>(provider =>
            new PartingTable(
                (IMembershipTable)table(provider), provider.GetRequiredService<SiloEnd>(), provider.GetRequiredService<IHostApplicationLifetime>()));
    }
}
