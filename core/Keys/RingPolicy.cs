using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Keys;

/// <summary>How a ring makes its next key. An instance is valid as a whole; see <see cref="RingPolicyRules"/>.</summary>
public sealed record RingPolicy
{
    /// <summary>Microsoft.IdentityModel, the slowest of the mainstream verifiers, caches a JWKS for up to 12.6 h.</summary>
    public static readonly TimeSpan SafeLeadLimit = TimeSpan.FromHours(13);

    /// <summary>How long a JWKS may be cached, as its <c>Cache-Control</c> says.</summary>
    public static readonly TimeSpan JwksMaxAge = TimeSpan.FromSeconds(300);

    public static RingPolicy Default { get; } = new()
    {
        Algorithm = JwsAlgorithm.RS256,
        RsaBits = 2048,
        Interval = TimeSpan.FromHours(24),
        Validity = TimeSpan.FromHours(25),
        Lead = TimeSpan.FromHours(24),
        AllowShortLead = false,
        MaxTokenLifetime = TimeSpan.FromMinutes(55),
    };

    internal RingPolicy() { }

    public required JwsAlgorithm Algorithm { get; init; }

    /// <summary>The modulus size; null with ES algorithms.</summary>
    public required int? RsaBits { get; init; }

    /// <summary>How long a key signs.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long a key verifies, counted from its first signature.</summary>
    public required TimeSpan Validity { get; init; }

    /// <summary>How long a key is published before it signs.</summary>
    public required TimeSpan Lead { get; init; }

    /// <summary>The operator knows that no verifier caches for 13 h.</summary>
    public required bool AllowShortLead { get; init; }

    public required TimeSpan MaxTokenLifetime { get; init; }

    /// <summary>The shortest time after which every verifier has seen a published key.</summary>
    public TimeSpan SafeLead => Lead < SafeLeadLimit ? Lead : SafeLeadLimit;

    /// <summary>The longest token that a key can sign at its last planned instant and still outlive.</summary>
    public static TimeSpan LongestToken(TimeSpan interval, TimeSpan validity) => validity - interval - TokenLifetime.VerifierSkew;
}
