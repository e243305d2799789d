using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Tumbler.Core.Cluster;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Members;

/// <summary>Looks every two seconds whether the cluster that this silo has entered is still the one, and ends it when it isn't.</summary>
internal sealed partial class MembershipWatch(
    ClusterSetup cluster,
    RedisMarks marks,
    IMembershipTable table,
    ISiloStatusOracle members,
    ILocalSiloDetails here,
    IHostApplicationLifetime lifetime,
    SiloEnd end,
    TimeProvider clock,
    ILogger<MembershipWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    /// <summary>For load balancers to find out that the silo before serves again.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(5);

    private string? complaint;
    private long complained;
    private bool redisAway;
    private long over;
    private long turn;
    private string[]? silosThen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            await Look(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(CancellationToken stop)
    {
        var sight = new ClusterSight(await FromDatabase(stop), await FromRedis());
        switch (ClusterWatch.Judge(cluster.Id, cluster.Rows.Store, cluster.Generation, sight))
        {
            case ClusterVerdict.Serve serve:
                silosThen = null;
                if (serve.Confirmed)
                    await Note(stop);
                break;
            case ClusterVerdict.Endure endure:
                Complain(endure.Reason);
                break;
            case ClusterVerdict.Leave leave:
                LeaveInTurn(leave.Reason, sight.FromDatabase?.Row);
                break;
        }
    }

    private void LeaveInTurn(string reason, ClusterRow? row)
    {
        if (silosThen is null)
        {
            (over, turn) = (clock.GetTimestamp(), 0);
            silosThen = [.. members.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(NameOf)];
            LogOver(reason);
        }

        if (!LeavingTurn.HasCome(cluster.SiloName, silosThen, cluster.Generation, row, clock.GetElapsedTime(over)))
            return;
        if (turn == 0)
            turn = clock.GetTimestamp();
        if (clock.GetElapsedTime(turn) >= Notice)
            end.Come($"its cluster is over: {reason}");
    }

    private async Task<ClusterSight.Database?> FromDatabase(CancellationToken stop)
    {
        try
        {
            return new ClusterSight.Database(await cluster.Rows.Load(stop));
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private async Task<ClusterSight.Redis?> FromRedis()
    {
        try
        {
            var sight = new ClusterSight.Redis(await marks.Load(), await Standing());
            if (redisAway)
                LogRedisBack();
            redisAway = false;
            return sight;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a broken connection throws: it says nothing about the cluster, and must not end this watch.
            if (!redisAway)
                LogRedisAway();
            redisAway = true;
            return null;
        }
    }

    private async Task<SiloStanding> Standing()
    {
        var row = (await table.ReadRow(here.SiloAddress)).TryGet(here.SiloAddress);
        return row is null ? SiloStanding.Missing : row.Item1.Status == SiloStatus.Dead ? SiloStanding.Dead : SiloStanding.Member;
    }

    private async Task Note(CancellationToken stop)
    {
        try
        {
            await cluster.Rows.Serving(cluster.Generation, cluster.SiloName, stop);
        }
        catch (StoreUnavailableException)
        {
            // Next time.
        }
    }

    private void Complain(string reason)
    {
        if (complaint == reason && clock.GetElapsedTime(complained) < Reminder)
            return;
        (complaint, complained) = (reason, clock.GetTimestamp());
        LogEndured(reason);
    }

    private string NameOf(SiloAddress silo) => members.TryGetSiloName(silo, out var name) ? name : silo.ToString();

    [LoggerMessage(LogLevel.Warning, "This silo's cluster is over: {Reason}. The silos leave it one after the other and start again.")]
    private partial void LogOver(string reason);

    [LoggerMessage(LogLevel.Error, "This silo serves on, but could not be started again: {Reason}.")]
    private partial void LogEndured(string reason);

    [LoggerMessage(LogLevel.Warning, "Redis does not answer. Silos can't join or leave, and no reminder ticks; everything else goes on.")]
    private partial void LogRedisAway();

    [LoggerMessage(LogLevel.Information, "Redis answers again.")]
    private partial void LogRedisBack();
}
