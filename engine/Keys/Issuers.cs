using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Keys;

/// <summary>The issuer URL of each ring (RFC 8414 §2): the configured one for the default ring, a path below it for
/// the others. Never taken from a request's <c>Host</c>, which the caller writes.</summary>
/// <param name="baseUrl">Without a slash at the end.</param>
public sealed class Issuers(string baseUrl)
{
    public string Of(RingId ring) => ring == RingId.Default ? baseUrl : $"{baseUrl}/rings/{ring}";
}
