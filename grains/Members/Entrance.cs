using StackExchange.Redis;
using Tumbler.Core.Cluster;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Members;

/// <summary>The way into the cluster, before anything of Orleans starts: look, decide, do one step, look again.</summary>
public sealed class Entrance(IClusterRows rows, RedisMarks marks, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>For a cluster elsewhere to become silent. One that has not done so by then is there to stay.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>The generation it has entered, or why it may not.</returns>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="RedisException"/>
    public async Task<EntryStep> Pass(string id, CancellationToken stop)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            // In this order: a mark is confirmed after the row has its generation, so whoever has seen it confirmed finds that row.
            // The other way round a start that is overtaken in between would take its old row for a database from a backup.
            var mark = await marks.Load();
            var row = await rows.Load(stop);
            switch (ClusterEntry.Next(id, rows.Store, row, mark))
            {
                case EntryStep.Propose:
                    await marks.Propose();
                    break;
                case EntryStep.Found found:
                    await rows.Found(id, found.Generation, stop);
                    break;
                case EntryStep.Succeed succeed:
                    await rows.Succeed(succeed.Old, succeed.New, stop);
                    break;
                case EntryStep.Confirm:
                    await marks.Confirm(mark!);
                    break;
                case EntryStep.Wait wait when clock.GetElapsedTime(since) > Patience:
                    return new EntryStep.Refuse(EntryFault.Redis, wait.Otherwise);
                case EntryStep.Wait:
                    await Task.Delay(Pause, clock, stop);
                    break;
                case var last:
                    return last;
            }
        }
    }
}
