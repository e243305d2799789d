using Tumbler.Contracts.Limits;

namespace Tumbler.Storage.Rows;

/// <param name="Window">Seconds.</param>
internal sealed record RateLimitRow(int Limit, int Window)
{
    public static RateLimitRow? Of(QuotaRule? rule) => rule is null ? null : new RateLimitRow(rule.Limit, (int)rule.Window.TotalSeconds);

    public QuotaRule ToRule() => new(Limit, TimeSpan.FromSeconds(Window));
}
