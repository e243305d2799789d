using System.Net;

namespace Tumbler.Silo.Configuration;

/// <summary>What a host in a URL means to a listener.</summary>
internal static class HostNames
{
    /// <summary>Reachable from this machine only.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>A place to listen that is no place to call: <c>*</c>, <c>+</c>, <c>0.0.0.0</c>, <c>[::]</c>.</summary>
    public static bool IsAny(string host) =>
        host is "*" or "+"
        || (IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
}
