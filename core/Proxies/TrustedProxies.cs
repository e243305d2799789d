using System.Net;
using Tumbler.Core.Addresses;

namespace Tumbler.Core.Proxies;

/// <summary>Whose word about the request behind it is taken. Anybody can write such headers; only what a known proxy has
/// appended is worth something.</summary>
/// <param name="sockets">Whether that goes for whoever connects to a Unix socket, which has no address: its file's rights say who may.</param>
public sealed class TrustedProxies(AddressList addresses, bool sockets)
{
    public static TrustedProxies None { get; } = new(AddressList.Empty, sockets: false);

    /// <param name="peer">Null at a Unix socket.</param>
    public bool Trusts(IPAddress? peer) => peer is null ? sockets : addresses.Contains(peer);

    /// <summary>Follows the addresses from the last, which the peer wrote, past proxies that are known, to the first that is not
    /// one: it is who spoke to them. What stands before it is only that one's word. Where no address can be read, nothing
    /// further is known.</summary>
    /// <param name="peer">One that is trusted.</param>
    /// <param name="addressLines">X-Forwarded-For, line by line.</param>
    /// <param name="schemeLines">X-Forwarded-Proto. Where each proxy appends to it, the one that the client spoke to counts;
    /// where they pass on or replace a single one, that.</param>
    public ForwardedRequest Read(IPAddress? peer, IReadOnlyList<string?> addressLines, IReadOnlyList<string?> schemeLines)
    {
        var (client, hops) = (peer, 0);
        var addressList = new LastToFirst(addressLines);
        while (Trusts(client) && addressList.TryNext(out var element) && ForwardedAddress.TryParse(element, out var address))
            (client, hops) = (address, hops + 1);

        string? scheme = null;
        var schemeList = new LastToFirst(schemeLines);
        for (var hop = 0; hop < Math.Max(1, hops) && schemeList.TryNext(out var element); hop++)
            scheme = Scheme(element);
        return new ForwardedRequest(client, scheme);
    }

    private static string? Scheme(ReadOnlySpan<char> text) =>
        text.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https"
        : text.Equals("http", StringComparison.OrdinalIgnoreCase) ? "http"
        : null;
}
