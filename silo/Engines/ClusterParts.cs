using System.Net;
using StackExchange.Redis;
using Tumbler.Engine;
using Tumbler.Grains;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Engines;

/// <summary>The cluster engine, made of the settings.</summary>
internal static class ClusterBuild
{
    public static bool IsPresent => true;

    public static void AddCluster(this WebApplicationBuilder builder, EngineSetup engine, Configuration.ClusterOptions cluster) =>
        builder.AddClusterEngine(engine, new ClusterSetup
        {
            Id = cluster.Id,
            SiloName = cluster.SiloName,
            Endpoint = new IPEndPoint(cluster.Address, cluster.SiloPort),
            Redis = ConfigurationOptions.Parse(cluster.Redis.Reveal()),
        });
}
