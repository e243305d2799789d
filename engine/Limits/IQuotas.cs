using Tumbler.Contracts.Limits;

namespace Tumbler.Engine.Limits;

/// <summary>What may be used so often in so long, over all silos.</summary>
public interface IQuotas
{
    /// <summary>Spends one of the quota's tokens, if there is one. Completes at once while this silo has tokens or knows that there
    /// are none; else it asks the quota's owner, once for all who wait, and no longer than a second.</summary>
    ValueTask<QuotaAnswer> Take(QuotaId id, QuotaRule rule);
}
