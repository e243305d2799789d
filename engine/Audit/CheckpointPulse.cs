using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Asks for a checkpoint every five minutes. A beat may be late, lost or doubled.</summary>
public sealed partial class CheckpointPulse(Checkpoints checkpoints, TimeProvider clock, ILogger<CheckpointPulse> log) : BackgroundService
{
    /// <summary>What somebody who has the database whole could take back unseen, at most. A busy year makes 105,120 of half a
    /// kilobyte; nobody would tune it.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await checkpoints.Make(stoppingToken);
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The store is away, no checkpoint was made: {Reason}")]
    private partial void LogStoreAway(string reason);
}
