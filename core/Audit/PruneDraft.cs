using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>The next note over the anchors, made chain by chain out of a log that has verified and of what its archive
/// allows.</summary>
/// <param name="last">The note over the anchors so far; null when nothing was ever pruned.</param>
public sealed class PruneDraft(SignedCheckpoint? last)
{
    private readonly MerkleTree tree = new();
    private readonly List<ChainHead> moved = [];

    /// <summary>The anchors that are new, or further on than before.</summary>
    public IReadOnlyList<ChainHead> Moved => moved;

    public long Entries { get; private set; }

    /// <summary>Whether the archive's word about this chain has to be compared with its entry.</summary>
    public static bool NeedsEntry(ChainEnds ends, PrunePoint? point) => point?.Last.Seq > ends.Start.Seq;

    /// <param name="hashAtPoint">The hash of the log's entry at the point, when <see cref="NeedsEntry"/>.</param>
    public AuditFault? Add(ChainEnds ends, PrunePoint? point, string? hashAtPoint)
    {
        var anchor = ends.Anchor;
        if (NeedsEntry(ends, point))
        {
            // A log restored from an older backup holds entries that this archive never saw.
            if (point!.First > ends.Start.Seq + 1)
                return new AuditFault(ends.Chain, ends.Start.Seq + 1, $"The log holds the entry, and the archive begins with number {point.First}.");
            if (hashAtPoint != point.Last.Hash || point.Last.Seq >= (ends.Signed?.Seq ?? 0))
                return new AuditFault(ends.Chain, point.Last.Seq, "The log does not hold the entry that the archive holds.");
            anchor = point.Last;
            Entries += anchor.Seq - ends.Start.Seq;
            moved.Add(new ChainHead(ends.Chain, anchor));
        }

        if (anchor is not null)
            tree.Add(new ChainHead(ends.Chain, anchor).Leaf());
        return null;
    }

    /// <param name="origin">Of the log.</param>
    public Checkpoint Finish(string origin, DateTimeOffset now) => new(
        origin + NoteSeries.AnchorsSuffix, tree.Size, tree.Root(), (last?.Checkpoint.Number ?? 0) + 1, now,
        last is null ? Checkpoint.NoPrevious : Checkpoint.Link(last.Note));
}
