using Tumbler.Contracts.Limits;

namespace Tumbler.Grains.Limits;

/// <summary>One quota's ledger, kept by one silo. Keyed by the quota id's text.</summary>
public interface IQuotaGrain : IGrainWithStringKey
{
    Task<QuotaLease> Lease(QuotaAsk ask);
}
