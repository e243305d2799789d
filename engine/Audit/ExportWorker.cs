using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Makes the exports that wait, one at a time: each reads the whole log.</summary>
public sealed partial class ExportWorker(
    IStore store, AuditProofs proofs, ExportWriter writer, ExportQueue queue, NodeId node, ILogger<ExportWorker> log) : BackgroundService
{
    private const int ListSize = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Guarded(() => FailAbandoned(stoppingToken));
        await foreach (var export in queue.Take(stoppingToken))
            await Guarded(() => Make(export, stoppingToken));
    }

    private async Task Make(AuditExport export, CancellationToken stop)
    {
        AuditExport done;
        try
        {
            var written = await writer.Write(export, now => Save(now, stop), stop);
            done = written.TryGet(out var completed, out var refusal) ? completed : Failed(export, refusal.Message);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            // The reason names files of this machine; it is for its log only.
            LogFailed(export.Id, e);
            done = Failed(export, e is StoreUnavailableException ? "The store went away." : "The files could not be written.");
        }

        if (done.Status == AuditExportStatus.Completed)
            LogCompleted(done.Id, done.EntriesDone);
        else
            LogRefused(done.Id, done.Problem!);
        await Save(done, stop);
    }

    /// <summary>What this node has begun before it stopped, nobody goes on with. What others are at is theirs.</summary>
    private async Task FailAbandoned(CancellationToken stop)
    {
        (DateTimeOffset, Guid)? before = null;
        while (await store.Exports.List(before, ListSize, stop) is { Count: > 0 } page)
        {
            foreach (var export in page.Where(each => each.Status is (AuditExportStatus.Waiting or AuditExportStatus.Running) && each.Node == node.ToString() && !queue.IsOwn(each.Id)))
            {
                proofs.Exports.Discard(export.Id);
                await Save(Failed(export, "The server stopped before it was made."), stop);
            }

            before = (page[^1].RequestedAt, page[^1].Id);
        }
    }

    private async ValueTask Save(AuditExport export, CancellationToken stop) => await store.Exports.Save(export, stop);

    private static AuditExport Failed(AuditExport export, string problem) =>
        export with { Status = AuditExportStatus.Failed, Problem = problem };

    private async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            LogStoreAway(e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Export {Export} of the audit log is completed: {Entries} entries")]
    private partial void LogCompleted(Guid export, long entries);

    [LoggerMessage(LogLevel.Error, "Export {Export} of the audit log was not made: {Problem}")]
    private partial void LogRefused(Guid export, string problem);

    [LoggerMessage(LogLevel.Error, "Export {Export} of the audit log failed")]
    private partial void LogFailed(Guid export, Exception e);

    [LoggerMessage(LogLevel.Error, "What became of an export could not be kept")]
    private partial void LogStoreAway(Exception e);
}
