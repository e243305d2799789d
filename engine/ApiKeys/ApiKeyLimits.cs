using Tumbler.Contracts.Limits;
using Tumbler.Core.ApiKeys;
using Tumbler.Engine.Limits;

namespace Tumbler.Engine.ApiKeys;

/// <summary>Counts the uses of API keys that have a rate limit, over all silos. The others cost nothing.</summary>
public sealed class ApiKeyLimits(IQuotas quotas)
{
    private const string Routes = "api-key";

    /// <summary>Null when the key has no limit.</summary>
    public ValueTask<QuotaAnswer?> Use(ApiKey key) => key.RateLimit is { } rule ? Take(key, rule) : default;

    private async ValueTask<QuotaAnswer?> Take(ApiKey key, QuotaRule rule) => await quotas.Take(new QuotaId(Routes, key.Id.ToString()), rule);
}
