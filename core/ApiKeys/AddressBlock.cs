using System.Net;

namespace Tumbler.Core.ApiKeys;

/// <summary>An address or a CIDR block of an allow-list, as <c>InputRules.IsAddressBlock</c> lets it in.</summary>
public static class AddressBlock
{
    private const int MappedPrefix = 96;

    /// <param name="address">IPv4, or IPv6 that is not an IPv4 address in disguise.</param>
    public static bool Contains(string block, IPAddress address) => Parse(block).Contains(address);

    /// <summary>An IPv4 address that reached a dual-stack socket looks like <c>::ffff:192.0.2.1</c> (RFC 4291 §2.5.5.2).</summary>
    public static IPAddress Normalise(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Of an IPv4 block in disguise, the IPv4 block.</summary>
    public static IPNetwork Parse(string block)
    {
        var network = IPNetwork.TryParse(block, out var parsed) ? parsed : Single(IPAddress.Parse(block));
        return network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedPrefix
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedPrefix)
            : network;
    }

    private static IPNetwork Single(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);
}
