using Tumbler.Engine.Readiness;
using Tumbler.Engine.Snapshots;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Members;

/// <summary>A silo that alone has lost the store is not ready. When all of them have, taking them out of service would help
/// nobody: they go on with what they know and only say so.</summary>
internal sealed class ClusterReadiness(NodeReadiness here, Herald herald) : IReadiness
{
    private static readonly string[] OfTheStore = ["store", "snapshots"];

    /// <summary>Others that lost the store at the same moment have noticed by then. Until then this silo counts as one of many:
    /// else all of them would be out of service while each takes itself for the only one.</summary>
    private static readonly TimeSpan Doubt = SnapshotPoller.LongSilence + SnapshotPoller.Interval;

    private long lostAt;

    public async ValueTask<IReadOnlyList<ReadinessCheck>> Check(CancellationToken stop)
    {
        var checks = await here.Check(stop);
        if (checks.All(check => check.Ok || !OfTheStore.Contains(check.Name)))
        {
            Volatile.Write(ref lostAt, 0);
            return checks;
        }

        if (LostFor() > Doubt && await AnotherHears())
            return checks;
        return [.. checks.Select(check => OfTheStore.Contains(check.Name) ? check with { Needed = false } : check)];
    }

    public ValueTask CatchUp() => here.CatchUp();

    private TimeSpan LostFor()
    {
        var now = TimeProvider.System.GetTimestamp();
        var since = Interlocked.CompareExchange(ref lostAt, now, 0);
        return since == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(since, now);
    }

    private async Task<bool> AnotherHears()
    {
        var reports = await Task.WhenAll(herald.Others.Select(herald.Ask));
        return reports.Any(report => report?.SnapshotAgeSeconds <= SnapshotPoller.LongSilence.TotalSeconds);
    }
}
