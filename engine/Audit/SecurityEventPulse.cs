using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tumbler.Engine.Audit;

/// <summary>Has security events written a moment after they happen, and at the latest when the process stops.</summary>
public sealed partial class SecurityEventPulse(
    SecurityEvents events, NodeLogWriter writer, TimeProvider clock, ILogger<SecurityEventPulse> log) : BackgroundService
{
    /// <summary>From the first event to its batch: what is alike in it becomes one entry.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    /// <summary>What each entry adds to the pause after its batch. Whatever happens, in the long run the log grows by
    /// twenty such entries a second and not more: a flood is paid with delay, not with a full database.</summary>
    public static readonly TimeSpan PausePerEntry = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            while (!cancellationToken.IsCancellationRequested && await writer.Write(cancellationToken) is > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            // The host's time to stop is over; the next line says what that costs.
        }

        var lost = writer.Pending + (events.Take()?.Count ?? 0);
        if (lost > 0)
            LogLost(lost);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await events.Arrival(stoppingToken);
            await Task.Delay(Gathering, clock, stoppingToken);
            var entries = await WriteAtLast(stoppingToken);
            var pause = entries * PausePerEntry - Gathering;
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private async Task<int> WriteAtLast(CancellationToken stop)
    {
        var backoff = Gathering;
        while (true)
        {
            if (await writer.Write(stop) is { } entries)
                return entries;
            await Task.Delay(backoff, clock, stop);
            backoff = backoff * 2 < LongestBackoff ? backoff * 2 : LongestBackoff;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Count} security events are lost: the audit log did not take them before the end")]
    private partial void LogLost(long count);
}
