using System.Text;
using Tumbler.Core.Audit;

namespace Tumbler.Storage.Exports;

/// <summary>Leaves in an export, and the note that signed their tree: heads under a checkpoint, or anchors under theirs. Either
/// all leaves of the tree, or one and the proof that it is among them.</summary>
internal sealed class SignedLeaves(ExportFiles files, NoteSeries series, string leaves, string proof, string note)
{
    public static SignedLeaves Heads(ExportFiles files) =>
        new(files, NoteSeries.Checkpoints, ExportFile.Heads, ExportFile.Proof, ExportFile.Checkpoint);

    public static SignedLeaves Anchors(ExportFiles files) =>
        new(files, NoteSeries.Anchors, ExportFile.Anchors, ExportFile.AnchorsProof, ExportFile.AnchorNote);

    /// <summary>Once it has verified.</summary>
    public SignedCheckpoint? Note { get; private set; }

    /// <summary>The only chain that is there, when there is a proof.</summary>
    public string? OnlyChain { get; private set; }

    public bool Exist => files.Has(leaves) || files.Has(note) || files.Has(proof);

    public ExportFault? Verify(IReadOnlyList<AuditCertificate> trusted) => NoteFault(trusted) ?? LeavesFault();

    /// <summary>After they have verified. Read anew each time: there may be very many.</summary>
    public IEnumerable<ChainHead> Read()
    {
        using var file = files.Open(leaves);
        foreach (var line in new LineReader(file).Lines())
            yield return ChainHead.Parse(line)!;
    }

    private ExportFault? NoteFault(IReadOnlyList<AuditCertificate> trusted)
    {
        if (files.Small(note) is not { } bytes)
            return ExportFault.Of(note, $"The file is too long to be a {series.Note}.");
        if (!SignedCheckpoint.TryVerify(Encoding.UTF8.GetString(bytes), origin: null, trusted, out var verified, out var problem, series))
            return ExportFault.Of(note, $"The {series.Note} {problem}.");
        Note = verified;
        return null;
    }

    private ExportFault? LeavesFault()
    {
        if (!TryReadProof(out var inclusion))
            return ExportFault.Of(proof, "This is no proof of inclusion of ours.");
        var tree = new MerkleTree();
        ChainHead? last = null;
        using var file = files.Open(leaves);
        var lines = new LineReader(file);
        foreach (var line in lines.Lines())
        {
            if (ChainHead.Parse(line) is not { } head)
                return new ExportFault(leaves, lines.Number, null, null, "This is no line of ours.");
            if (string.CompareOrdinal(head.Chain, last?.Chain) <= 0)
                return new ExportFault(leaves, lines.Number, head.Chain, null, "The chain is named twice, or not in its order.");
            last = head;
            tree.Add(line.Span);
        }

        if (lines.Problem is { } problem)
            return new ExportFault(leaves, lines.Number, null, null, problem);
        var signed = Note!.Checkpoint;
        if (inclusion is null)
        {
            return tree.Size == signed.Size && tree.Root().AsSpan().SequenceEqual(signed.Root.Span)
                ? null
                : ExportFault.Of(leaves, $"These are not the {series.Leaves} that the {series.Note} signed.");
        }

        OnlyChain = last?.Chain;
        return tree.Size == 1 && inclusion.Size == signed.Size && inclusion.Shows(MerkleTree.LeafHash(last!.Leaf()), signed.Root.Span)
            ? null
            : ExportFault.Of(proof, $"It does not show that the chain is among the {series.Leaves} that the {series.Note} signed.");
    }

    /// <param name="inclusion">Null when there is none to read.</param>
    private bool TryReadProof(out InclusionProof? inclusion)
    {
        inclusion = files.Has(proof) && files.Small(proof) is { } bytes ? InclusionProof.Parse(bytes) : null;
        return inclusion is not null || !files.Has(proof);
    }
}
