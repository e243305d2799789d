namespace Tumbler.Core.Audit;

/// <summary>Puts anchors to the heads of their chains; both in ordinal order.</summary>
public static class AnchoredChains
{
    /// <summary>An anchor whose chain has no head is a chain without an owner.</summary>
    public static IEnumerable<ChainEnds> Of(IEnumerable<ChainHead> heads, IEnumerable<ChainHead> anchors)
    {
        using var anchor = anchors.GetEnumerator();
        var more = anchor.MoveNext();
        foreach (var head in heads)
        {
            for (; more && string.CompareOrdinal(anchor.Current.Chain, head.Chain) < 0; more = anchor.MoveNext())
                yield return Orphan(anchor.Current);
            var own = more && anchor.Current.Chain == head.Chain ? anchor.Current.Head : null;
            if (own is not null)
                more = anchor.MoveNext();
            yield return new ChainEnds(head.Chain, head.Head, head.Head, own);
        }

        for (; more; more = anchor.MoveNext())
            yield return Orphan(anchor.Current);
    }

    private static ChainEnds Orphan(ChainHead anchor) => new(anchor.Chain, Owner: null, Signed: null, anchor.Head);
}
