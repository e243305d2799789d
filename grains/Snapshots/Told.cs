using Tumbler.Contracts.Calls;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Snapshots;

/// <summary>What an owner has told the others of its state. One version is told once, unless it matters more the second time.</summary>
internal sealed class Told(Herald herald)
{
    private VersionToken told;

    /// <param name="known">The version the owner knows now.</param>
    public async Task<Result<T>> With<T>(Result<T> answer, VersionToken known, Func<ISnapshotService, long, Task> tell)
    {
        if (known <= told)
            return answer;
        told = known;
        return answer.With(await herald.Tell(service => tell(service, known.Value)));
    }
}
