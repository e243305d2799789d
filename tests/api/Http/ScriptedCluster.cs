using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Cluster;

namespace Tumbler.Api.Tests.Http;

internal sealed class ScriptedCluster : ICluster
{
    public Result<ClusterView> Answer { get; set; } = new ClusterView("single", null, [], null);

    public Task<Result<ClusterView>> Get() => Task.FromResult(Answer);
}
