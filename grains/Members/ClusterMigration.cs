using Orleans.Runtime;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Migration;
using Tumbler.Engine.Migration;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Members;

/// <summary>What all silos have counted, each asked.</summary>
internal sealed class ClusterMigration(SharedKeys keys, Herald herald, ILocalSiloDetails here) : IMigration
{
    public async Task<Result<MigrationView>> Get()
    {
        var others = await Task.WhenAll(herald.Others.Select(async silo => (herald.NameOf(silo), await herald.AskMigration(silo))));
        return MigrationReport.Of(keys.Setup, [(here.Name, keys.Counted()), .. others]);
    }
}
