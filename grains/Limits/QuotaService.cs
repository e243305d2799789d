using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Tumbler.Contracts.Limits;
using Tumbler.Engine.Limits;

namespace Tumbler.Grains.Limits;

[Reentrant]
internal sealed class QuotaService(GrainId id, Silo silo, ILoggerFactory logging, LeasedQuotas quotas)
    : GrainService(id, silo, logging), IQuotaService
{
    public Task<QuotaMemory?> SettleQuota(QuotaId id) => Task.FromResult(quotas.Settle(id));

    public Task RememberQuota(QuotaId id, QuotaMemory memory)
    {
        quotas.Remember(id, memory);
        return Task.CompletedTask;
    }
}
