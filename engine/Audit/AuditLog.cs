using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Reads and verifies the audit log.</summary>
public sealed partial class AuditLog(IStore store, AuditKey key, AuditProofs proofs, ILogger<AuditLog> log) : IAuditLog
{
    public async Task<Result<Page<AuditEntry>>> Query(AuditQuery query) => await store.Audit.Query(query, CancellationToken.None);

    public async Task<Result<AuditVerdict>> Verify()
    {
        var stop = CancellationToken.None;
        await using var view = await store.Audit.View(stop);
        var checkpoints = new CheckpointChain(proofs.Trusted);
        var verifier = new AuditLogVerifier(key);

        // First the checkpoints, and that the heads kept with the last are those it signed: entries are compared with them.
        var fault = await FirstFault(checkpoints, view, stop)
            ?? await LogWalk.Verify(verifier, view.Chains(stop), view.Entries(null, stop), Progress);
        if (fault is not null)
            LogFault(fault.Chain, fault.Seq, fault.Problem);
        return new AuditVerdict(fault is null, verifier.Chains, verifier.Entries, fault, checkpoints.Last?.Checkpoint.Number ?? 0);
    }

    private static async Task<AuditFault?> FirstFault(CheckpointChain checkpoints, IAuditView view, CancellationToken stop)
    {
        await foreach (var checkpoint in view.Checkpoints(stop))
        {
            if (checkpoints.Next(checkpoint.Number, checkpoint.Note) is { } fault)
                return fault;
        }

        var kept = new MerkleTree();
        await foreach (var chain in view.Chains(stop))
        {
            if (chain.Signed is { } signed)
                kept.Add(new ChainHead(chain.Chain, signed).Leaf());
        }

        return checkpoints.End(kept);
    }

    private ValueTask Progress(AuditLogVerifier verifier)
    {
        LogProgress(verifier.Entries, verifier.Chains);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Verifying the audit log: {Entries} entries of {Chains} chains so far")]
    private partial void LogProgress(long entries, int chains);

    [LoggerMessage(LogLevel.Critical, "The audit log does not verify: {Chain}, {Seq}: {Problem}")]
    private partial void LogFault(string chain, long seq, string problem);
}
