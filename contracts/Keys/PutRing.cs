namespace Tumbler.Contracts.Keys;

/// <summary>Creates a ring or changes its policy. What is left out keeps its value, or takes the default in a new ring.
/// A change takes effect with the next key.</summary>
/// <param name="Algorithm">A name of <see cref="JwsAlgorithm"/>; default RS256.</param>
/// <param name="RsaBits">2048, 3072 or 4096; only with RS and PS.</param>
/// <param name="Interval">How long each key signs, 1 h to 168 h; default 24 h.</param>
/// <param name="Validity">How long each key verifies, from activation; default the interval + 1 h.</param>
/// <param name="Lead">How long each key is published before it signs; default one interval.</param>
/// <param name="AllowShortLead">Allows a lead under 13 h: for verifiers known not to cache that long.</param>
/// <param name="MaxTokenLifetime">No token lives longer; default and limit validity − interval − 5 min.</param>
public sealed record PutRing(
    string? Algorithm = null,
    int? RsaBits = null,
    string? Interval = null,
    string? Validity = null,
    string? Lead = null,
    bool? AllowShortLead = null,
    string? MaxTokenLifetime = null);
