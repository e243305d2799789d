using System.Collections.Frozen;
using Tumbler.Contracts.Migration;

namespace Tumbler.Core.Migration;

/// <summary>How services leave their shared keys.</summary>
/// <param name="Phase">Of services that have none of their own.</param>
/// <param name="Services">By audience.</param>
/// <param name="Deprecated">Since when shared keys are deprecated.</param>
/// <param name="Sunset">When they will be refused, as far as that is known.</param>
public sealed record MigrationPlan(
    MigrationPhase Phase, FrozenDictionary<string, MigrationPhase> Services, DateTimeOffset Deprecated, DateTimeOffset? Sunset)
{
    /// <summary>Nobody has a shared key.</summary>
    public static MigrationPlan None { get; } = new(MigrationPhase.JwtOnly, FrozenDictionary<string, MigrationPhase>.Empty, default, null);

    /// <summary>What becomes of a good shared key at a service.</summary>
    /// <param name="service">Its audience, as whoever asks says; null when it doesn't.</param>
    public SharedKeyDecision Decide(string? service)
    {
        var known = service is not null && Services.ContainsKey(service) ? service : null;
        return (known is null ? Phase : Services[known]) switch
        {
            MigrationPhase.Dual => new SharedKeyDecision(known, Accepted: true, Warns: false),
            MigrationPhase.JwtPreferred => new SharedKeyDecision(known, Accepted: true, Warns: true),
            _ => new SharedKeyDecision(known, Accepted: false, Warns: false),
        };
    }
}
