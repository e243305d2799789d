using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Cluster;
using Tumbler.Engine.Cluster;

namespace Tumbler.Engine.Single;

/// <summary>A process that knows of no other, even where some share its database.</summary>
internal sealed class Alone(NodeId node, NodeReport report) : ICluster
{
    public Task<Result<ClusterView>> Get() => Task.FromResult<Result<ClusterView>>(new ClusterView(
        "single", Id: null, [new SiloView(node.Value, Address: null, "active", Here: true, report.Now())], Reminders: null));
}
