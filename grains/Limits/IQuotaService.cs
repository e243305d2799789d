using Orleans.Services;
using Tumbler.Contracts.Limits;

namespace Tumbler.Grains.Limits;

/// <summary>On every silo: what the owner of a quota wants of those that it has leased tokens to.</summary>
public interface IQuotaService : IGrainService
{
    /// <summary>Gives up the tokens that are not spent, and says what is known. Null when nothing is.</summary>
    Task<QuotaMemory?> SettleQuota(QuotaId id);

    /// <summary>Keeps in mind how far the window is.</summary>
    Task RememberQuota(QuotaId id, QuotaMemory memory);
}
