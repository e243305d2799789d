using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Deletes from the log what an archive holds, and signs where the rest begins.</summary>
public sealed class AuditPruning(IStore store, AuditKey key, AuditProofs proofs, TimeProvider clock)
{
    /// <param name="dryRun">Only says what would be done.</param>
    /// <param name="progress">Told now and then, with the entries that have verified.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<Result<AuditPruned>> Prune(AuditArchive archive, bool dryRun, Action<long> progress, CancellationToken stop)
    {
        Result<AuditPruned>? result = null;
        var outcome = await store.Audit.Prune(
            async view =>
            {
                var next = await Next(view, archive, progress, stop);
                if (!next.TryGet(out var draft, out var refusal))
                {
                    result = refusal;
                    return null;
                }

                var (done, pruning) = draft;
                result = done;
                return dryRun ? null : pruning;
            },
            stop);
        return outcome switch
        {
            SaveOutcome.Saved => result!,
            SaveOutcome.Conflict => new Refusal(ErrorCode.Conflict, "Somebody else pruned the log at the same time; nothing was changed."),
            _ => throw new StoreUnavailableException("The store did not prune the log, or did not say so."),
        };
    }

    private async Task<Result<(AuditPruned Done, StoredPruning? Pruning)>> Next(
        IAuditView view, AuditArchive archive, Action<long> progress, CancellationToken stop)
    {
        // What does not verify is evidence, and stays.
        var verification = new LogVerification(view, key, proofs.Trusted);
        if (await verification.Run(done => Tell(progress, done), stop) is { } fault)
            return Refused("The audit log does not verify", fault);
        if (!await view.Checkpoints(stop).AnyAsync(each => each.Number == archive.Number && each.Note == archive.Note, stop))
            return new Refusal(ErrorCode.Conflict, "The archive is not of this log: its checkpoint is not one of this log's checkpoints.");

        var points = archive.Points.ToDictionary(point => point.Chain, StringComparer.Ordinal);
        var draft = new PruneDraft(verification.LastAnchors);
        await foreach (var ends in view.Chains(stop))
        {
            var point = points.GetValueOrDefault(ends.Chain);
            var hash = PruneDraft.NeedsEntry(ends, point) ? await view.HashOf(ends.Chain, point!.Last.Seq, stop) : null;
            if (draft.Add(ends, point, hash) is { } other)
                return Refused("The archive does not fit the log", other);
        }

        if (draft.Moved.Count == 0)
            return (new AuditPruned(0, 0, 0), null);

        // The log's own name for itself, whatever the settings of this process call it.
        var note = SignedCheckpoint.Sign(draft.Finish(verification.LastCheckpoint!.Checkpoint.Origin, clock.Now()), proofs.Signer);
        return (
            new AuditPruned(draft.Moved.Count, draft.Entries, note.Checkpoint.Number),
            new StoredPruning(new StoredCheckpoint(note.Checkpoint.Number, note.Note), draft.Moved));
    }

    private static Refusal Refused(string what, AuditFault fault) =>
        new(ErrorCode.Conflict, $"{what}: {fault.Chain}, {fault.Seq}: {fault.Problem}");

    private static ValueTask Tell(Action<long> progress, AuditLogVerifier verifier)
    {
        progress(verifier.Entries);
        return ValueTask.CompletedTask;
    }
}
