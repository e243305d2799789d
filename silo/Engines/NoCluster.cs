using System.Diagnostics;
using Tumbler.Engine;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Engines;

#pragma warning disable CA1822 // The members are those of the cluster engine's, which has something to access.

/// <summary>In place of the cluster engine where it was left out of the build: the settings refuse it before.</summary>
internal sealed class ClusterBuild : IAsyncDisposable
{
    private ClusterBuild() { }

    public static bool IsPresent => false;

    public static Task<ClusterBuild?> Enter(ClusterOptions options, SiloParts parts, ILoggerFactory logging, Complaints complaints) =>
        throw new UnreachableException();

    public static Task Check(ClusterOptions options, List<SettingError> errors) => throw new UnreachableException();

    public void AddTo(WebApplicationBuilder builder, EngineSetup engine) => throw new UnreachableException();

    public void AddTo(WebApplication app) => throw new UnreachableException();

    public SettingError? NotJoined(WebApplication app, Exception failure) => throw new UnreachableException();

    public static int ExitCode(WebApplication app) => throw new UnreachableException();

    public ValueTask DisposeAsync() => throw new UnreachableException();
}
