using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>Verifies checkpoints one after the other: signed, numbered without a gap, each with the hash of the one before.
/// Or, of the same form, the notes over the anchors.</summary>
public sealed class CheckpointChain(IReadOnlyList<AuditCertificate> trusted, NoteSeries? series = null)
{
    /// <summary>Where <see cref="AuditFault.Chain"/> names no chain of entries.</summary>
    public const string Name = "checkpoints";

    private readonly NoteSeries series = series ?? NoteSeries.Checkpoints;

    /// <summary>The last that verified.</summary>
    public SignedCheckpoint? Last { get; private set; }

    public AuditFault? Next(long storedNumber, string note)
    {
        var number = (Last?.Checkpoint.Number ?? 0) + 1;
        if (storedNumber != number)
            return Fault(number, $"with this number was expected; number {storedNumber} is in its place.");
        if (!SignedCheckpoint.TryVerify(note, origin: null, trusted, out var verified, out var problem, series))
            return Fault(number, $"{problem}.");
        if (verified.Checkpoint.Number != number)
            return Fault(number, $"says that it is number {verified.Checkpoint.Number}.");
        var previous = Last is null ? Checkpoint.NoPrevious.Span : Checkpoint.Link(Last.Note);
        if (!verified.Checkpoint.Previous.Span.SequenceEqual(previous))
            return Fault(number, "does not follow the one before it.");
        Last = verified;
        return null;
    }

    /// <summary>After the last: do the heads, or anchors, that were kept have its root?</summary>
    public AuditFault? End(MerkleTree kept) => LeavesFault(series, Last?.Checkpoint, kept);

    internal static AuditFault? LeavesFault(NoteSeries series, Checkpoint? last, MerkleTree kept)
    {
        if (last is null)
        {
            return kept.Size == 0
                ? null
                : new AuditFault(series.Name, 1, $"{Capital(series.Leaves)} are kept, but the {series.Note} that signed them is missing.");
        }

        return kept.Size == last.Size && kept.Root().AsSpan().SequenceEqual(last.Root.Span)
            ? null
            : new AuditFault(series.Name, last.Number, $"The {series.Leaves} that are kept with the {series.Note} are not those that it signed.");
    }

    private AuditFault Fault(long number, string problem) => new(series.Name, number, $"The {series.Note} {problem}");

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
