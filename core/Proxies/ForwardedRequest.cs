using System.Net;

namespace Tumbler.Core.Proxies;

/// <summary>What a proxy that is believed says about the request it passes on.</summary>
/// <param name="Client">The first address on the way back that is no known proxy; null when nobody says.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>; null when it does not say.</param>
public readonly record struct ForwardedRequest(IPAddress? Client, string? Scheme);
