namespace Tumbler.Contracts.Limits;

/// <summary>What a silo says of its use of a quota. Figures are whole, not what has changed, so that a lost or doubled message
/// counts nothing twice.</summary>
/// <param name="Holder">The silo, in this life of its process.</param>
/// <param name="Turn">Counts what the silo asks, over all quotas: of two accounts the higher one is the later.</param>
/// <param name="Window">As the owner numbers them; 0 when it is not known.</param>
/// <param name="Spent">What the silo has let through in it. Of what was leased to it beyond that it holds nothing any more.</param>
public sealed record QuotaAccount(string Holder, long Turn, long Window, int Spent);
