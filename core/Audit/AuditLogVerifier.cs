using Tumbler.Contracts.Audit;

namespace Tumbler.Core.Audit;

/// <summary>Verifies a whole log, chain after chain in ordinal order, in constant memory. Its driver opens a chain, feeds
/// entries as long as they are of that chain or of none before it, and closes it.</summary>
/// <param name="key">Null where only hashes can be recomputed: offline.</param>
public sealed class AuditLogVerifier(AuditKey? key)
{
    private AuditChainVerifier? current;
    private ChainEnds? ends;

    public int Chains { get; private set; }

    public long Entries { get; private set; }

    public AuditFault? Open(ChainEnds next)
    {
        if (ends is not null && string.CompareOrdinal(next.Chain, ends.Chain) <= 0)
            return new AuditFault(next.Chain, 0, "The chain is named twice, or not in its order.");
        (ends, current) = (next, new AuditChainVerifier(next.Chain, key, next.Anchor));
        if (next.Owner is null)
            return new AuditFault(next.Chain, next.Signed?.Seq ?? 1, "Its owner's state is gone.");
        if (next.Anchor is { } anchor && anchor.Seq >= (next.Signed?.Seq ?? 0))
            return new AuditFault(next.Chain, anchor.Seq, "The chain is pruned beyond what a checkpoint signed.");
        Chains++;
        return null;
    }

    /// <summary>Whether the entry has its turn now, or belongs to a later chain.</summary>
    public bool Takes(StoredAuditEntry entry) => string.CompareOrdinal(entry.Chain, ends?.Chain) <= 0;

    public AuditFault? Next(StoredAuditEntry stored)
    {
        if (ends is null || stored.Chain != ends.Chain)
            return Orphan(stored);
        if (stored.Entry is not { } entry)
            return new AuditFault(stored.Chain, stored.Seq, "The entry can't be read: a field holds what none of ours does.");
        if (current!.Next(entry) is { } fault)
            return fault;
        Entries++;
        return entry.Seq == ends.Signed?.Seq && entry.Hash != ends.Signed.Hash
            ? new AuditFault(entry.Chain, entry.Seq, "The entry is not the one that the last checkpoint signed.")
            : null;
    }

    public AuditFault? Close()
    {
        // The checkpoint first: when somebody cut the tail off and rolled the owner back, the owner agrees.
        if (ends!.Signed is { } signed && current!.Head.Seq < signed.Seq)
            return new AuditFault(ends.Chain, current.Head.Seq + 1, $"The entry is missing: the last checkpoint signed entry {signed.Seq}.");
        return current!.End(ends.Owner!);
    }

    /// <summary>An entry of a chain that nobody answers for.</summary>
    public static AuditFault Orphan(StoredAuditEntry entry) => new(entry.Chain, entry.Seq, "Its owner's state is gone.");
}
