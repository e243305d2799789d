using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Keys;

/// <summary>On every silo: brings the rings up at start, and asks again and again which of them something is due in, in case
/// their reminders are lost. It only calls the owner, so that many silos do it harms nobody.</summary>
internal sealed partial class RingSweep(
    KeyRings here, ClusterKeyRings owners, DueRings due, TimeProvider clock, ILogger<RingSweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var established = await here.Establish();
        if (!established.Succeeded)
            throw new InvalidOperationException(established.Refusal.Message);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await due.Each(Tick, stoppingToken);
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure.Message);
            }
        }
    }

    private async Task Tick(RingId ring)
    {
        if ((await owners.Tick(ring)).Refusal is { } refusal)
            LogFailed(ring, refusal.Message);
    }

    [LoggerMessage(LogLevel.Error, "Ring {Ring} could not be brought up to date: {Reason}")]
    private partial void LogFailed(RingId ring, string reason);

    [LoggerMessage(LogLevel.Error, "The store is away, no ring was looked at: {Reason}")]
    private partial void LogStoreAway(string reason);
}
