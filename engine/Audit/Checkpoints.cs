using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Makes checkpoints. Several nodes may do it at once: one is first, and its checkpoint is as good.</summary>
public sealed partial class Checkpoints(IStore store, AuditProofs proofs, TimeProvider clock, ILogger<Checkpoints> log)
{
    /// <summary>Makes one if anything has changed since the last.</summary>
    /// <returns>What keeps the log from being signed: it no longer holds what the last checkpoint signed.</returns>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<AuditFault?> Make(CancellationToken stop)
    {
        AuditFault? fault = null;
        var outcome = await store.Audit.AddCheckpoint(
            async view =>
            {
                (var note, fault) = await Next(view, stop);
                return note;
            },
            stop);
        if (outcome == SaveOutcome.Unavailable)
            throw new StoreUnavailableException("The store did not keep the checkpoint, or did not say so.");
        if (fault is not null)
            LogContradiction(fault.Chain, fault.Seq, fault.Problem);
        return fault;
    }

    private async Task<(StoredCheckpoint? Next, AuditFault? Fault)> Next(IAuditView view, CancellationToken stop)
    {
        SignedCheckpoint? last = null;
        if (await view.LastCheckpoint(stop) is { } stored
            && !SignedCheckpoint.TryVerify(stored.Note, origin: null, proofs.Trusted, out last, out var problem))
        {
            return (null, new AuditFault(CheckpointChain.Name, stored.Number, $"The checkpoint {problem}."));
        }

        var draft = new CheckpointDraft(last);
        var kept = new MerkleTree();
        await foreach (var chain in view.Chains(stop))
        {
            if (chain.Signed is { } signed)
                kept.Add(new ChainHead(chain.Chain, signed).Leaf());
            var hash = CheckpointDraft.NeedsEntry(chain) ? await view.HashOf(chain.Chain, chain.Signed!.Seq, stop) : null;
            if (draft.Add(chain, hash) is { } fault)
                return (null, fault);
        }

        if (draft.FaultOf(kept) is { } changed)
            return (null, changed);
        if (!draft.Changed)
            return (null, null);
        var next = SignedCheckpoint.Sign(draft.Finish(proofs.Origin, clock.Now()), proofs.Signer);
        return (new StoredCheckpoint(next.Checkpoint.Number, next.Note), null);
    }

    [LoggerMessage(LogLevel.Critical, "No checkpoint is made, because the audit log was changed by hand: {Chain}, {Seq}: {Problem}")]
    private partial void LogContradiction(string chain, long seq, string problem);
}
