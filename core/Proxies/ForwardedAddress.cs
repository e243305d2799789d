using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Proxies;

/// <summary>An address as proxies write it: <c>192.0.2.1</c>, <c>192.0.2.1:4711</c>, <c>2001:db8::1</c>,
/// <c>[2001:db8::1]</c>, <c>[2001:db8::1]:4711</c>.</summary>
internal static class ForwardedAddress
{
    private const int LongestIPv4 = 15;

    public static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        var bracketed = text is ['[', ..];
        var end = bracketed ? text.IndexOf(']') : EndOfHost(text);
        if (end < 0)
            return false;
        var host = text[(bracketed ? 1 : 0)..end];
        var port = text[(bracketed ? end + 1 : end)..];
        if (!IsPort(port) || !IPAddress.TryParse(host, out var parsed) || !IsPlain(host, parsed, bracketed))
            return false;
        address = AddressBlock.Normalise(parsed);
        return true;
    }

    /// <summary>IPv6 without brackets has no port, and more colons than one.</summary>
    private static int EndOfHost(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        return colon >= 0 && text.LastIndexOf(':') == colon ? colon : text.Length;
    }

    private static bool IsPort(ReadOnlySpan<char> port) =>
        port.IsEmpty || (port is [':', _, ..] && ushort.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>The framework also reads 0x7f.1 and 010.0.0.1, which others read as another address, and zones and brackets.</summary>
    private static bool IsPlain(ReadOnlySpan<char> host, IPAddress parsed, bool bracketed)
    {
        if (parsed.AddressFamily == AddressFamily.InterNetworkV6)
            return host.IndexOfAny('[', ']', '%') < 0;
        Span<char> written = stackalloc char[LongestIPv4];
        return !bracketed && parsed.TryFormat(written, out var length) && host.SequenceEqual(written[..length]);
    }
}
