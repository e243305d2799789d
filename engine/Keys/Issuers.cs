using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Keys;

/// <summary>The issuer URL of each ring (RFC 8414 §2): the configured one for the default ring, a path below it for
/// the others. Never taken from a request's <c>Host</c>, which the caller writes.</summary>
/// <param name="baseUrl">Without a slash at the end.</param>
public sealed class Issuers(string baseUrl)
{
    private readonly string rings = $"{baseUrl}/rings/";

    public string Of(RingId ring) => ring == RingId.Default ? baseUrl : $"{rings}{ring}";

    /// <summary>False for what can't be the issuer of a ring here; true does not mean that there is one.</summary>
    public bool TryRing(string issuer, out RingId ring)
    {
        ring = RingId.Default;
        if (issuer == baseUrl)
            return true;
        return issuer.StartsWith(rings, StringComparison.Ordinal)
            && RingId.TryParse(issuer[rings.Length..], out ring)
            && ring != RingId.Default;
    }
}
