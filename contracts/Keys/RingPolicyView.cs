namespace Tumbler.Contracts.Keys;

/// <summary>A ring's policy. Durations are ISO 8601 (<c>PT24H</c>).</summary>
/// <param name="RsaBits">The modulus size for RS and PS algorithms; null for ES.</param>
/// <param name="FromConfiguration">True when the policy stands in the configuration and can't be changed by request.</param>
public sealed record RingPolicyView(
    JwsAlgorithm Algorithm,
    int? RsaBits,
    string Interval,
    string Validity,
    string Lead,
    bool AllowShortLead,
    string MaxTokenLifetime,
    bool FromConfiguration);
