namespace Tumbler.Contracts.Limits;

/// <summary>A silo asks a quota's owner for a lease of tokens.</summary>
public sealed record QuotaAsk(QuotaRule Rule, QuotaAccount Account);
