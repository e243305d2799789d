using Tumbler.Storage.Exports;

namespace Tumbler.Silo.Retention;

/// <summary>Deletes old exports, at start and every hour. Several nodes over one folder harm nobody: what one has deleted the
/// other does not find.</summary>
internal sealed partial class ExportRetentionJob(ExportRetention retention, TimeProvider clock, ILogger<ExportRetentionJob> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            DeleteOld();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void DeleteOld()
    {
        try
        {
            foreach (var export in retention.Delete(clock.GetUtcNow()))
                LogDeleted(export);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(LogLevel.Information, "The export {Folder} has had its time and is deleted")]
    private partial void LogDeleted(string folder);

    [LoggerMessage(LogLevel.Error, "Old exports could not be deleted; tried again in an hour")]
    private partial void LogFailed(Exception e);
}
