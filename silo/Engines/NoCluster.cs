using System.Diagnostics;
using Tumbler.Engine;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Engines;

/// <summary>In place of the cluster engine where it was left out of the build.</summary>
internal static class ClusterBuild
{
    public static bool IsPresent => false;

    /// <summary>The settings refuse it before.</summary>
    public static void AddCluster(this WebApplicationBuilder builder, EngineSetup engine, ClusterOptions cluster) => throw new UnreachableException();
}
