using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Single;

/// <summary>Brings the rings up at start and asks once a minute which ones something is due in. A beat may be late, lost or
/// doubled: keys are prepared a whole period ahead, and what is due stays due. After a week off it takes as long as making
/// all the keys takes, and nobody waits for it: a ring that is used before its turn is ticked by its use.</summary>
public sealed partial class SchedulePulse(
    KeyRings rings, DueRings due, TimeProvider clock, ILogger<SchedulePulse> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var established = await rings.Establish();
        if (!established.Succeeded)
            throw new InvalidOperationException(established.Refusal.Message);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        do
        {
            try
            {
                await due.Each(async ring => Log(ring, await rings.Tick(ring)), stoppingToken);
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Log(RingId ring, Result<RingStatus> ticked)
    {
        if (ticked.TryGet(out var status, out var refusal))
            LogTicked(ring, status.SigningKid, status.NextTransitionAt);
        else
            LogFailed(ring, refusal.Message);

        if (status?.LastRotation is { Outcome: KeyOrigin.Hurried } hurried)
            LogHurried(ring, hurried.At);
    }

    [LoggerMessage(LogLevel.Information, "Ring {Ring}: signing key {Kid}, next switch at {NextTransitionAt:O}")]
    private partial void LogTicked(RingId ring, Kid? kid, DateTimeOffset? nextTransitionAt);

    [LoggerMessage(LogLevel.Warning, "Ring {Ring} signs since {Since:O} with a key that was published too late for verifiers that cache")]
    private partial void LogHurried(RingId ring, DateTimeOffset since);

    [LoggerMessage(LogLevel.Error, "Ring {Ring} could not be brought up to date: {Reason}")]
    private partial void LogFailed(RingId ring, string reason);

    [LoggerMessage(LogLevel.Error, "The store is away, no ring was ticked: {Reason}")]
    private partial void LogStoreAway(string reason);
}
