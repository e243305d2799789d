namespace Tumbler.Silo.Tests.Configuration;

public sealed class NoClusterTests : IDisposable
{
    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Fact]
    public void A_build_without_the_cluster_engine_says_so() => Assert.Contains(
        "Engine:Kind: this build has no cluster engine; use single, or build with Cluster=true where NuGet has Orleans",
        start.ErrorsOf("--Engine:Kind", "cluster"));
}
