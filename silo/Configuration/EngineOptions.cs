using Tumbler.Silo.Engines;

namespace Tumbler.Silo.Configuration;

/// <param name="Kind">What decides and remembers; default <c>single</c>.</param>
public sealed record EngineOptions(EngineKind Kind)
{
    internal static EngineOptions Read(SettingsReader settings)
    {
        var kind = settings.OneOf<EngineKind>("Engine:Kind") ?? EngineKind.Single;
        if (kind == EngineKind.Cluster && !ClusterBuild.IsPresent)
            settings.Error("Engine:Kind", "this build has no cluster engine; use single, or build with Cluster=true where NuGet has Orleans");
        return new EngineOptions(kind);
    }
}
