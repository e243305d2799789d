using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>The next checkpoint, made chain by chain. A log that was rolled back must not be signed anew: the proof that it
/// was would be gone with the heads of the checkpoint before.</summary>
public sealed class CheckpointDraft(SignedCheckpoint? last)
{
    private readonly MerkleTree tree = new();

    public bool Changed { get; private set; }

    /// <summary>Whether the last checkpoint's word about this chain has to be compared with its entry.</summary>
    public static bool NeedsEntry(ChainEnds ends) => ends.Signed is not null && ends.Signed != ends.Owner;

    /// <param name="hashAtSigned">The hash of the entry that the last checkpoint signed, when <see cref="NeedsEntry"/>.</param>
    public AuditFault? Add(ChainEnds ends, string? hashAtSigned)
    {
        if (ends.Owner is null)
            return new AuditFault(ends.Chain, ends.Signed?.Seq ?? 1, "Its owner's state is gone.");
        if (NeedsEntry(ends) && (ends.Owner.Seq <= ends.Signed!.Seq || hashAtSigned != ends.Signed.Hash))
            return new AuditFault(ends.Chain, ends.Signed.Seq, "The log no longer holds the entry that the last checkpoint signed.");
        Changed |= ends.Signed != ends.Owner;
        tree.Add(new ChainHead(ends.Chain, ends.Owner).Leaf());
        return null;
    }

    /// <summary>Whether the heads that were kept are those of the last checkpoint.</summary>
    public AuditFault? FaultOf(MerkleTree kept) => CheckpointChain.LeavesFault(NoteSeries.Checkpoints, last?.Checkpoint, kept);

    public Checkpoint Finish(string origin, DateTimeOffset now) => new(
        origin, tree.Size, tree.Root(), (last?.Checkpoint.Number ?? 0) + 1, now,
        last is null ? Checkpoint.NoPrevious : Checkpoint.Link(last.Note));
}
