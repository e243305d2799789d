using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>Verifies checkpoints one after the other: signed, numbered without a gap, each with the hash of the one before.</summary>
public sealed class CheckpointChain(IReadOnlyList<AuditCertificate> trusted)
{
    /// <summary>Where <see cref="AuditFault.Chain"/> names no chain of entries.</summary>
    public const string Name = "checkpoints";

    /// <summary>The last that verified.</summary>
    public SignedCheckpoint? Last { get; private set; }

    public AuditFault? Next(long storedNumber, string note)
    {
        var number = (Last?.Checkpoint.Number ?? 0) + 1;
        if (storedNumber != number)
            return Fault(number, $"The checkpoint with this number was expected; number {storedNumber} is in its place.");
        if (!SignedCheckpoint.TryVerify(note, origin: null, trusted, out var verified, out var problem))
            return Fault(number, $"The checkpoint {problem}.");
        if (verified.Checkpoint.Number != number)
            return Fault(number, $"The checkpoint says that it is number {verified.Checkpoint.Number}.");
        var previous = Last is null ? Checkpoint.NoPrevious.Span : Checkpoint.Link(Last.Note);
        if (!verified.Checkpoint.Previous.Span.SequenceEqual(previous))
            return Fault(number, "The checkpoint does not follow the one before it.");
        Last = verified;
        return null;
    }

    /// <summary>After the last checkpoint: do the heads that were kept have its root?</summary>
    public AuditFault? End(MerkleTree kept) => HeadsFault(Last?.Checkpoint, kept);

    internal static AuditFault? HeadsFault(Checkpoint? last, MerkleTree kept)
    {
        if (last is null)
            return kept.Size == 0 ? null : Fault(1, "Heads are kept, but the checkpoint that signed them is missing.");
        return kept.Size == last.Size && kept.Root().AsSpan().SequenceEqual(last.Root.Span)
            ? null
            : Fault(last.Number, "The heads that are kept with the checkpoint are not those that it signed.");
    }

    private static AuditFault Fault(long number, string problem) => new(Name, number, problem);
}
