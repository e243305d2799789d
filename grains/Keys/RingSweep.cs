using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Grains.Keys;

/// <summary>On every silo: brings the rings up at start, and asks again and again which of them something is due in or soon will
/// be. It only calls the owner, so that many silos do it harms nobody.</summary>
internal sealed partial class RingSweep(
    KeyRings here, ClusterKeyRings owners, DueRings due, TimeProvider clock, ILogger<RingSweep> log) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private bool established;

    /// <summary>Before this silo takes requests, if that can be done: it may not be able to decide yet, when the others can.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Establish();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                if (!established)
                    await Establish();
                await due.Each(Tick, stoppingToken, Alarm.Ahead);
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Establish()
    {
        var done = await here.Establish();
        established = done.Succeeded;
        if (done.Refusal is { Code: ErrorCode.Unavailable } later)
            LogFailed(RingId.Default, later.Message);
        else if (done.Refusal is { } never)
            throw new InvalidOperationException(never.Message);
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
