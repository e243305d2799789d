using Tumbler.Contracts.Calls;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Snapshots;

/// <summary>What an owner has told the others of its state. A version is told once, and once more if only somebody who came
/// first knows that something was withdrawn by then.</summary>
internal sealed class Told(Herald herald)
{
    private VersionToken told, withdrawn;

    /// <param name="known">The version the owner knows now.</param>
    /// <param name="tell">Told the version, and whether something was withdrawn.</param>
    public async Task<Result<T>> With<T>(Result<T> answer, VersionToken known, bool withdraws, Func<ISnapshotService, long, bool, Task> tell)
    {
        if (known <= (withdraws ? withdrawn : told))
            return answer;
        told = known;
        if (withdraws)
            withdrawn = known;
        return answer.With(await herald.Tell(service => tell(service, known.Value, withdraws)));
    }
}
