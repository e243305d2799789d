using Tumbler.Contracts.Audit;
using Tumbler.Core.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>The files of an export that say where chains begin that were pruned, for whoever verifies it without the log.</summary>
internal static class AnchorFiles
{
    /// <param name="only">The only chain of the export; null: all. Of one chain there is a proof instead of the other anchors:
    /// what other organisations there are is not its business.</param>
    /// <returns>What keeps the anchors from being exported, or null. Then there are no files if no chain was pruned.</returns>
    public static async Task<AuditFault?> Write(
        IExportDraft folder, IAuditView view, IReadOnlyList<AuditCertificate> trusted, string? only, CancellationToken stop)
    {
        var notes = new CheckpointChain(trusted, NoteSeries.Anchors);
        await foreach (var note in view.AnchorNotes(stop))
        {
            if (notes.Next(note.Number, note.Note) is { } fault)
                return fault;
        }

        var (tree, leaves, own) = (new MerkleTree(), new List<byte[]>(), new List<byte[]>());
        var place = -1;
        await foreach (var ends in view.Chains(stop))
        {
            if (ends.Anchor is not { } anchor)
                continue;
            var leaf = new ChainHead(ends.Chain, anchor).Leaf();
            if (only is null || ends.Chain == only)
                own.Add(leaf);
            if (ends.Chain == only)
                place = leaves.Count;
            leaves.Add(MerkleTree.LeafHash(leaf));
            tree.Add(leaf);
        }

        if (notes.End(tree) is { } other)
            return other;
        if (own.Count == 0)
            return null;
        await folder.Write(ExportFile.AnchorNote, notes.Last!.Note, stop);
        if (only is not null)
            await folder.Write(ExportFile.AnchorsProof, InclusionProof.Of([.. leaves], place).Json(), stop);
        await using var file = folder.Create(ExportFile.Anchors);
        foreach (var leaf in own)
            await file.WriteLine(leaf, stop);
        return null;
    }
}
