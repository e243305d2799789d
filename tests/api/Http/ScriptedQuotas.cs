using System.Collections.Concurrent;
using Tumbler.Contracts.Limits;
using Tumbler.Engine.Limits;

namespace Tumbler.Api.Tests.Http;

/// <summary>Counts in a window that never ends.</summary>
internal sealed class ScriptedQuotas : IQuotas
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(41.2);

    public ConcurrentDictionary<QuotaId, int> Taken { get; } = [];

    public ConcurrentDictionary<QuotaId, QuotaRule> Rules { get; } = [];

    /// <summary>The owner is asked for long.</summary>
    public bool IsSlow { get; set; }

    public async ValueTask<QuotaAnswer> Take(QuotaId id, QuotaRule rule)
    {
        if (IsSlow)
            await Task.Yield();
        Rules[id] = rule;
        var taken = Taken.AddOrUpdate(id, 1, (_, before) => before + 1);
        return new QuotaAnswer(taken <= rule.Limit, rule.Limit, Math.Max(0, rule.Limit - taken), Rest);
    }
}
