using System.Net;
using Tumbler.Core.Addresses;

namespace Tumbler.Core.Clients;

/// <summary>Where clients' keys may be fetched from. Whoever registers a client makes this server call an address of his choice, from
/// inside the network; so nothing that is not out on the internet is called, unless it was named.</summary>
/// <param name="PlainHttp">Also without TLS: in development.</param>
/// <param name="Allowed">Networks that may be called although they are inner ones.</param>
public sealed record KeyAddresses(bool PlainHttp, AddressList Allowed)
{
    public const int MaxUri = 512;

    // IANA's special-purpose registries, with what clouds keep for themselves beyond them.
    private static readonly AddressList Inner = new(
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32", // Azure's platform
        "::/96", // unspecified, loopback, and IPv4 as it was once written
        "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ]);

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Whether it may be registered. What a name stands for is looked at whenever it is called.</summary>
    public bool Admits(string uri) =>
        uri.Length <= MaxUri
        && uri.All(c => c is > ' ' and < '\x7f' and not '\\')
        && Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttps || (PlainHttp && parsed.Scheme == Uri.UriSchemeHttp))
        && parsed.UserInfo.Length == 0
        && parsed.Fragment.Length == 0
        && (!IPAddress.TryParse(parsed.IdnHost, out var address) || Admits(address));

    public bool Admits(IPAddress address)
    {
        var real = Real(address);
        return Allowed.Contains(real) || !Inner.Contains(real);
    }

    /// <summary>The IPv4 address that an IPv6 one only wraps.</summary>
    private static IPAddress Real(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Translated.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : address;
    }
}
