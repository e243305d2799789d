using System.Security.Cryptography;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Writes an export: everything up to the last checkpoint, of one chain or of all, verified on the way. What does not
/// verify is not signed.</summary>
public sealed class ExportWriter(IStore store, AuditKey key, AuditProofs proofs, Checkpoints checkpoints, TimeProvider clock)
{
    /// <param name="progress">Told how far it is.</param>
    /// <returns>The export as it is completed, or why it can't be made.</returns>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="IOException"/>
    public async Task<Result<AuditExport>> Write(AuditExport export, Func<AuditExport, ValueTask> progress, CancellationToken stop)
    {
        if (await checkpoints.Make(stop) is { } contradiction)
            return Refused(contradiction);
        await using var view = await store.Audit.View(stop);
        if (await view.LastCheckpoint(stop) is not { } stored)
            return new Refusal(ErrorCode.Conflict, "There is nothing to export.");
        if (!SignedCheckpoint.TryVerify(stored.Note, origin: null, proofs.Trusted, out var checkpoint, out var problem))
            return Refused(new AuditFault(CheckpointChain.Name, stored.Number, $"The checkpoint {problem}."));

        using var folder = proofs.Exports.Begin(export.RequestedAt, export.Id);
        await folder.Write(ExportFile.Checkpoint, checkpoint.Note, stop);
        await folder.Write(ExportFile.Certificate, proofs.Signer.Certificate.Pem(), stop);
        var chain = export.Org is { } org ? Organization.ChainOf(OrgSlug.Parse(org)) : null;
        if (await WriteHeads(folder, view, checkpoint, chain, stop) is not { } total)
            return new Refusal(ErrorCode.Conflict, "The last checkpoint does not know the organisation yet.");

        if (await AnchorFiles.Write(folder, view, proofs.Trusted, chain, stop) is { } moved)
            return Refused(moved);

        export = export with { Status = AuditExportStatus.Running, EntriesTotal = total, Checkpoint = stored.Number };
        await progress(export);
        var verifier = new AuditLogVerifier(key);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (await WriteEntries(folder, view, chain, verifier, digest, done => progress(export with { EntriesDone = done }), stop) is { } fault)
            return Refused(fault);

        var hash = digest.GetHashAndReset();
        await folder.Write(ExportFile.Signature, DetachedSignature.Sign(hash, proofs.Signer, clock.GetUtcNow()), stop);
        export = await WithTimestamp(export, folder, hash, stop) with { Status = AuditExportStatus.Completed, EntriesDone = verifier.Entries };
        export = export with { Files = [.. ExportFile.All.Where(file => file == ExportFile.Manifest || folder.Has(file))] };
        await folder.Write(ExportFile.Manifest, ExportManifest.Of(export, checkpoint.Checkpoint, hash), stop);
        folder.Complete();
        return export;
    }

    private static Refusal Refused(AuditFault fault) =>
        new(ErrorCode.Conflict, $"The audit log does not verify: {fault.Chain}, {fault.Seq}: {fault.Problem}");

    /// <summary>Null when the checkpoint does not know the chain; else how many entries there are up to it.</summary>
    private static async Task<long?> WriteHeads(IExportDraft folder, IAuditView view, SignedCheckpoint checkpoint, string? only, CancellationToken stop)
    {
        long entries = 0;
        var (leaves, place) = (new List<byte[]>(), -1);
        await using (var file = folder.Create(ExportFile.Heads))
        {
            await foreach (var ends in view.Chains(stop))
            {
                if (ends.Signed is not { } signed)
                    continue;
                var leaf = new ChainHead(ends.Chain, signed).Leaf();
                if (only is not null)
                {
                    // 3 MB for 100,000 chains: what a proof is made of.
                    leaves.Add(MerkleTree.LeafHash(leaf));
                    if (ends.Chain != only)
                        continue;
                    place = leaves.Count - 1;
                }

                entries += signed.Seq - ends.Start.Seq;
                await file.WriteLine(leaf, stop);
            }
        }

        if (only is null)
            return entries;
        if (place < 0 || leaves.Count != checkpoint.Checkpoint.Size)
            return null;
        await folder.Write(ExportFile.Proof, InclusionProof.Of([.. leaves], place).Json(), stop);
        return entries;
    }

    private static async Task<AuditFault?> WriteEntries(
        IExportDraft folder, IAuditView view, string? only, AuditLogVerifier verifier, IncrementalHash digest, Func<long, ValueTask> progress, CancellationToken stop)
    {
        await using var file = folder.Create(ExportFile.Entries);
        var chains = view.Chains(stop)
            .Where(ends => only is null || ends.Chain == only)

            // Up to what was signed, whatever has been written since.
            .Select(ends => ends with { Owner = ends.Signed ?? AuditHead.Empty });
        return await LogWalk.Verify(
            verifier,
            chains,
            view.Entries(only, stop),
            done => progress(done.Entries),
            async entry =>
            {
                var line = AuditForm.Line(entry);
                digest.AppendData(line);
                digest.AppendData("\n"u8);
                await file.WriteLine(line, stop);
            },
            (ends, entry) => entry.Chain != ends.Chain || entry.Seq <= ends.Owner!.Seq);
    }

    private async Task<AuditExport> WithTimestamp(AuditExport export, IExportDraft folder, byte[] hash, CancellationToken stop)
    {
        if (export.Timestamp != AuditTimestampStatus.Requested)
            return export;
        if (proofs.Timestamps is null)
            return export with { Timestamp = AuditTimestampStatus.Failed, Problem = "No time-stamping authority is configured any more." };

        // An export without a time stamp is worth more than none.
        if (!(await proofs.Timestamps.Stamp(hash, stop)).TryGet(out var response, out var refusal))
            return export with { Timestamp = AuditTimestampStatus.Failed, Problem = refusal.Message };
        await folder.Write(ExportFile.Timestamp, response, stop);
        return export with { Timestamp = AuditTimestampStatus.Stamped };
    }
}
