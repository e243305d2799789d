using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Tumbler.Client.Authentication;

/// <summary>Who may say in a header whom it has let through.</summary>
internal sealed class TrustedProxies(IEnumerable<string> rules)
{
    private const string UnixSocket = "unix";

    private readonly bool unix = rules.Contains(UnixSocket, StringComparer.Ordinal);
    private readonly IPNetwork[] networks = [.. rules.Where(rule => rule != UnixSocket).Select(Network)];

    /// <summary>An address, a block of them that is not everybody, or <c>unix</c>.</summary>
    public static bool IsRule(string rule) =>
        rule == UnixSocket || IPAddress.TryParse(rule, out _) || (IPNetwork.TryParse(rule, out var network) && network.PrefixLength > 0);

    /// <summary>Whether the other end of the connection is one. What a header has made of its address since, for whoever calls the proxy, proves
    /// nothing here: the socket itself is asked where the server shows it.</summary>
    public bool Sent(HttpContext http) => http.Features.Get<IConnectionEndPointFeature>()?.RemoteEndPoint switch
    {
        IPEndPoint peer => Cover(peer.Address),
        UnixDomainSocketEndPoint => unix,
        _ => http.Connection.RemoteIpAddress is { } address && Cover(address),
    };

    public bool Cover(IPAddress peer) => Array.Exists(networks, network => network.Contains(Plain(peer)));

    private static IPNetwork Network(string rule)
    {
        if (IPNetwork.TryParse(rule, out var network))
            return network;
        var address = Plain(IPAddress.Parse(rule));
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }

    /// <summary>A socket for both families shows IPv4 in IPv6's clothes.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
