using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Tumbler.Grains.Snapshots;

/// <summary>Tells every other silo of a change, and says who did not confirm. What is told may be lost: every silo also asks
/// the store, all the time.</summary>
internal sealed partial class Herald(
    IServiceProvider services, ISiloStatusOracle members, ILocalSiloDetails here, TimeProvider clock, ILogger<Herald> log)
    : GrainServiceClient<ISnapshotService>(services)
{
    /// <summary>A silo that takes longer hears of it by its own asking before an administrator would have waited for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>The names of those who did not confirm.</returns>
    public async Task<IReadOnlyList<string>> Tell(Func<ISnapshotService, Task> news)
    {
        var others = members.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(here.SiloAddress));
        var told = await Task.WhenAll(others.Select(async silo => (silo, confirmed: await TryTell(silo, news))));
        return [.. told.Where(each => !each.confirmed).Select(each => NameOf(each.silo)).Order(StringComparer.Ordinal)];
    }

    private async Task<bool> TryTell(SiloAddress silo, Func<ISnapshotService, Task> news)
    {
        try
        {
            await news(GetGrainService(silo)).WaitAsync(Patience, clock);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotConfirmed(log, NameOf(silo), e.Message);
            return false;
        }
    }

    private string NameOf(SiloAddress silo) => members.TryGetSiloName(silo, out var name) ? name : silo.ToString();

    [LoggerMessage(LogLevel.Warning, "Silo {Silo} did not confirm a change: {Reason}")]
    private static partial void LogNotConfirmed(ILogger log, string silo, string reason);
}
