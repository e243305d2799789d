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
        var verification = new LogVerification(view, key, proofs.Trusted);
        var fault = await verification.Run(Progress, stop);
        if (fault is not null)
            LogFault(fault.Chain, fault.Seq, fault.Problem);
        return new AuditVerdict(
            fault is null, verification.Chains, verification.Entries, fault, verification.LastCheckpoint?.Checkpoint.Number ?? 0);
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
