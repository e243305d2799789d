using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Migration;
using Tumbler.Engine.Migration;

namespace Tumbler.Engine.Single;

/// <summary>What this process has counted, which knows of no other.</summary>
internal sealed class MigrationAlone(NodeId node, SharedKeys keys) : IMigration
{
    public Task<Result<MigrationView>> Get() =>
        Task.FromResult<Result<MigrationView>>(MigrationReport.Of(keys.Setup, [(node.Value, keys.Counted())]));
}
