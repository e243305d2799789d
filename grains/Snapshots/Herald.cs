using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Migration;
using Tumbler.Engine;

namespace Tumbler.Grains.Snapshots;

/// <summary>Tells every other silo of a change, and says who did not confirm. What is told may be lost: every silo also asks
/// the store, all the time.</summary>
internal sealed partial class Herald(
    IServiceProvider services, ISiloStatusOracle members, ILocalSiloDetails here, TimeProvider clock, ILogger<Herald> log)
    : GrainServiceClient<ISnapshotService>(services)
{
    /// <summary>A silo that takes longer hears of it by its own asking before an administrator would have waited for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Within this time every silo that serves has asked the store and read what has changed.</summary>
    private static readonly TimeSpan AskedWithin = TimeSpan.FromSeconds(2);

    public async Task<Spread> Tell(Func<ISnapshotService, Task> news)
    {
        var told = await Task.WhenAll(Others.Select(async silo => (silo, confirmed: await TryTell(silo, news))));
        string[] unconfirmed = [.. told.Where(each => !each.confirmed).Select(each => NameOf(each.silo)).Order(StringComparer.Ordinal)];
        return new Spread(unconfirmed, unconfirmed.Length == 0 ? clock.Now() : clock.Now() + AskedWithin);
    }

    /// <summary>That something stands in the feed of revocations, if it does.</summary>
    public async Task<Result<T>> TellRevoked<T>(Result<T> answer) =>
        answer.Succeeded ? answer.With(await Tell(service => service.Revocations())) : answer;

    /// <summary>Null for those that do not answer.</summary>
    public async Task<SiloReport?> Ask(SiloAddress silo)
    {
        SiloReport? report = null;
        await TryTell(silo, async service => report = await service.Report());
        return report;
    }

    /// <inheritdoc cref="Ask"/>
    public async Task<NodeMigration?> AskMigration(SiloAddress silo)
    {
        NodeMigration? counted = null;
        await TryTell(silo, async service => counted = await service.Migration());
        return counted;
    }

    public IEnumerable<SiloAddress> Others =>
        members.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(here.SiloAddress));

    public string NameOf(SiloAddress silo) => members.TryGetSiloName(silo, out var name) ? name : silo.ToString();

    private async Task<bool> TryTell(SiloAddress silo, Func<ISnapshotService, Task> tell)
    {
        try
        {
            await tell(GetGrainService(silo)).WaitAsync(Patience, TimeProvider.System);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotConfirmed(log, NameOf(silo), e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Silo {Silo} did not answer within 1 s: {Reason}")]
    private static partial void LogNotConfirmed(ILogger log, string silo, string reason);
}
