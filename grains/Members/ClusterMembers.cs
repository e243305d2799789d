using Orleans.Runtime;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Cluster;
using Tumbler.Engine.Cluster;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Members;

/// <summary>The silos of this cluster, each asked how it is.</summary>
internal sealed class ClusterMembers(
    ISiloStatusOracle members, ILocalSiloDetails here, Herald herald, IReminderTable reminders, NodeReport report, ClusterSetup setup)
    : ICluster
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Result<ClusterView>> Get()
    {
        var counting = CountReminders();
        var silos = await Task.WhenAll(members.GetApproximateSiloStatuses().Select(each => View(each.Key, each.Value)));
        return new ClusterView("cluster", setup.Id, [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal)], await counting);
    }

    private async Task<SiloView> View(SiloAddress silo, SiloStatus status)
    {
        var isHere = silo.Equals(here.SiloAddress);
        var answer = isHere ? report.Now() : status == SiloStatus.Active ? await herald.Ask(silo) : null;
        return new SiloView(herald.NameOf(silo), silo.Endpoint.ToString(), NameOf(status), isHere, answer);
    }

    private async Task<int?> CountReminders()
    {
        try
        {
            return (await reminders.ReadRows(0, 0).WaitAsync(Patience, TimeProvider.System)).Reminders.Count;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static string NameOf(SiloStatus status) => status switch
    {
        SiloStatus.Created or SiloStatus.Joining => "joining",
        SiloStatus.Active => "active",
        SiloStatus.ShuttingDown or SiloStatus.Stopping => "leaving",
        _ => "dead",
    };
}
