using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Cluster;

/// <summary>The processes that are this service.</summary>
public interface ICluster
{
    Task<Result<ClusterView>> Get();
}
