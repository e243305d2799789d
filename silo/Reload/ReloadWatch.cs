using System.Runtime.InteropServices;
using System.Threading.Channels;
using Tumbler.Silo.Secrets;

namespace Tumbler.Silo.Reload;

/// <summary>Looks every few seconds, as files are mounted and replaced without a word, and at once at SIGHUP.</summary>
internal sealed partial class ReloadWatch(SettingsReload reload, ManagedSecrets secrets, TimeProvider machineClock, ILogger<ReloadWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<bool> hangUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUp);
        while (true)
        {
            await Look(await IsAsked(stoppingToken), stoppingToken);
        }
    }

    /// <summary>Without a handler it would end the process.</summary>
    private void HangUp(PosixSignalContext signal)
    {
        signal.Cancel = true;
        hangUps.Writer.TryWrite(true);
    }

    private async Task<bool> IsAsked(CancellationToken stop)
    {
        var due = secrets.DueAt - machineClock.GetUtcNow();
        var pause = due < ShortestPause ? ShortestPause : due < Pause ? due : Pause;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = machineClock.CreateTimer(_ => enough.Cancel(), null, pause, Timeout.InfiniteTimeSpan);
        try
        {
            return await hangUps.Reader.ReadAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task Look(bool asked, CancellationToken stop)
    {
        try
        {
            if (asked)
                LogAsked();
            await reload.Look(asked, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(LogLevel.Information, "SIGHUP: settings and secrets are read again")]
    private partial void LogAsked();

    [LoggerMessage(LogLevel.Error, "Looking for changed settings failed; the silo goes on with those it has")]
    private partial void LogFailed(Exception e);
}
