namespace Tumbler.Silo.Listening;

/// <summary>Looks again and again whether files have changed. By their content: what time and name say of a mounted secret differs
/// from system to system.</summary>
internal sealed class FileWatch(WatchedFiles files, TimeProvider machineClock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, machineClock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            files.Look();
    }
}
