using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Limits;

namespace Tumbler.Core.ApiKeys;

/// <summary>What an API key's rate limit may be.</summary>
internal static class RateLimitRules
{
    private const int Most = 1_000_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromHours(24);

    /// <returns>Null for none, and after an error.</returns>
    public static QuotaRule? Read(InputCheck check, string field, RateLimit? given)
    {
        if (given is null or { Limit: null, Window: null })
            return null;
        if (given.Limit is null)
            check.Add($"{field}.limit", "required", $"{field}.limit is required beside {field}.window.");
        else if (given.Limit is < 1 or > Most)
            check.Add($"{field}.limit", "rate_limit", $"{field}.limit must be a whole number from 1 to {Most}.");
        if (given.Window is null)
            check.Add($"{field}.window", "required", $"{field}.window is required beside {field}.limit.");
        var window = check.Duration($"{field}.window", given.Window, Shortest, Longest);
        return window is { } length && given.Limit is >= 1 and <= Most ? new QuotaRule(given.Limit.Value, length) : null;
    }

    public static RateLimit? Show(QuotaRule? rule) => rule is null ? null : new RateLimit(rule.Limit, Duration.Format(rule.Window));
}
