using Tumbler.Engine.Readiness;
using Tumbler.Engine.Snapshots;
using Tumbler.Grains.Snapshots;

namespace Tumbler.Grains.Members;

/// <summary>A silo that alone has lost the store is not ready. When all of them have, taking them out of service would help
/// nobody: they go on with what they know and only say so.</summary>
internal sealed class ClusterReadiness(NodeReadiness here, Herald herald) : IReadiness
{
    private static readonly string[] OfTheStore = ["store", "snapshots"];

    public async ValueTask<IReadOnlyList<ReadinessCheck>> Check(CancellationToken stop)
    {
        var checks = await here.Check(stop);
        if (checks.All(check => check.Ok || !OfTheStore.Contains(check.Name)) || await AnotherHears())
            return checks;
        return [.. checks.Select(check => OfTheStore.Contains(check.Name) ? check with { Needed = false } : check)];
    }

    public ValueTask CatchUp() => here.CatchUp();

    private async Task<bool> AnotherHears()
    {
        var reports = await Task.WhenAll(herald.Others.Select(herald.Ask));
        return reports.Any(report => report?.SnapshotAgeSeconds <= SnapshotPoller.LongSilence.TotalSeconds);
    }
}
