using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core;
using Tumbler.Core.Audit;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Keepers;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Puts the security events that wait into this node's chain of the audit log. From one caller at a time.</summary>
public sealed partial class NodeLogWriter(
    NodeId node, Keeper<NodeId, NodeLog> keeper, SecurityEvents events, ILogger<NodeLogWriter> log)
{
    private static readonly CallContext Call = CallContext.Internal("security-events");

    private static readonly CallContext ReloadCall = CallContext.Internal("reload");

    private SecurityBatch? pending;

    /// <summary>How many events go down with the process if it ends now, apart from those that came after the last
    /// <see cref="Write"/>.</summary>
    public long Pending => pending?.Count ?? 0;

    /// <summary>How many entries were written, 0 when nothing waits, or null when the store took none: then the same
    /// batch is tried again by the next call, and what happens meanwhile waits behind it.</summary>
    public async Task<int?> Write(CancellationToken stop)
    {
        pending ??= Take();
        if (pending is not { } batch)
            return 0;
        if (!await TrySave(batch, stop))
            return null;
        pending = null;
        return batch.Tallies.Count + (batch.DroppedCount > 0 ? 1 : 0);
    }

    /// <summary>From any caller at any time.</summary>
    /// <param name="settings">The names of settings that are about to be replaced.</param>
    /// <returns>False when the store did not take it.</returns>
    public async Task<bool> Configured(IReadOnlyList<string> settings, CancellationToken stop)
    {
        try
        {
            return (await keeper.Change<int>(
                (state, _) => ValueTask.FromResult<Result<Decision<NodeLog, int>>>(NodeLogDecisions.Configured(state, node, settings)),
                new RepeatableRequest("node-log.configured", null),
                ReloadCall,
                stop)).Succeeded;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private SecurityBatch? Take()
    {
        var batch = events.Take();
        if (batch is { DroppedCount: > 0 })
            LogDropped(batch.DroppedCount);
        return batch;
    }

    /// <summary>Saying no when it was saved after all does no harm: the log knows the batch by its id.</summary>
    private async Task<bool> TrySave(SecurityBatch batch, CancellationToken stop)
    {
        try
        {
            var saved = await keeper.Change<int>(
                (state, _) => ValueTask.FromResult<Result<Decision<NodeLog, int>>>(NodeLogDecisions.Record(state, node, batch)),
                new RepeatableRequest("node-log.record", null),
                Call,
                stop);
            if (!saved.Succeeded)
                LogNotSaved(Pending, saved.Refusal.Message);
            return saved.Succeeded;
        }
        catch (StoreUnavailableException failure)
        {
            LogNotSaved(Pending, failure.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} security events were too many of different kinds at once: the audit log has their number only")]
    private partial void LogDropped(long count);

    [LoggerMessage(LogLevel.Warning, "{Count} security events wait for the audit log: {Reason}")]
    private partial void LogNotSaved(long count, string reason);
}
