namespace Tumbler.Core.Audit;

/// <summary>Where a chain ends, by two witnesses, and where what is kept of it begins.</summary>
/// <param name="Owner">What its owner's state says; null when there is no such owner.</param>
/// <param name="Signed">What the last checkpoint signed; null when it did not know the chain.</param>
/// <param name="Anchor">Up to where the chain was pruned; null when it never was. Believe it only once it has verified.</param>
public sealed record ChainEnds(string Chain, AuditHead? Owner, AuditHead? Signed, AuditHead? Anchor = null)
{
    /// <summary>What the first entry that is kept follows.</summary>
    public AuditHead Start => Anchor ?? AuditHead.Empty;
}
