using System.Collections.Frozen;
using Tumbler.Contracts.Limits;

namespace Tumbler.Api.Limits;

/// <summary>How often routes may be used, by each organisation and each administrator, over all processes.</summary>
/// <param name="Admin">For every route that needs a credential; null for any number of times.</param>
/// <param name="Routes">By the route's name, see <see cref="RouteName"/>: what holds for it instead. Routes without a credential are limited
/// only if they are here, by the caller's address.</param>
public sealed record LimitOptions(QuotaRule? Admin, FrozenDictionary<string, QuotaRule?> Routes)
{
    public static LimitOptions None { get; } = new(null, FrozenDictionary<string, QuotaRule?>.Empty);
}
