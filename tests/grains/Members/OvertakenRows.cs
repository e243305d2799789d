using Tumbler.Core.Cluster;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Tests.Members;

/// <summary>The real rows, of which one answer arrives after others have done something.</summary>
internal sealed class OvertakenRows(IClusterRows rows, Func<Task> meanwhile) : IClusterRows
{
    private bool overtaken;

    public Guid Store => rows.Store;

    public async ValueTask<ClusterRow?> Load(CancellationToken stop)
    {
        var row = await rows.Load(stop);
        if (!overtaken)
        {
            overtaken = true;
            await meanwhile();
        }

        return row;
    }

    public ValueTask Found(string id, Guid generation, CancellationToken stop) => rows.Found(id, generation, stop);

    public ValueTask Succeed(Guid old, Guid next, CancellationToken stop) => rows.Succeed(old, next, stop);

    public ValueTask Serving(Guid generation, string silo, CancellationToken stop) => rows.Serving(generation, silo, stop);
}
