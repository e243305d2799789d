using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Tumbler.Contracts.Input;

/// <summary>The rules that foreign input is held to, as plain predicates. <see cref="InputCheck"/> turns them into
/// errors that name the field and the rule.</summary>
public static partial class InputRules
{
    public const int MaxEmail = 254;
    public const int MaxEmailLocalPart = 64;
    public const int MaxScope = 128;
    public const int MaxAudience = 512;

    private static readonly DateOnly EarliestDate = new(1900, 1, 1);

    // RFC 3986 §2, without the # of a fragment. Uri would also take quotes, angle brackets and backslashes.
    private static readonly SearchValues<char> UriCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%");

    public static bool IsSlug(string text) => Slug().IsMatch(text);

    public static bool IsRingId(string text) => RingId().IsMatch(text);

    /// <summary>What the name of a host comes to in lower case, or any other name in these characters.</summary>
    public static bool IsNodeId(string text) => NodeId().IsMatch(text);

    /// <summary>A request id from outside is kept only in this shape; it goes into logs and headers.</summary>
    public static bool IsRequestId(string text) => RequestId().IsMatch(text);

    /// <summary>Printable ASCII, 1 to 128 characters: it is compared and hashed, never shown.</summary>
    public static bool IsIdempotencyKey(string text) => text.Length is >= 1 and <= 128 && text.All(c => c is > ' ' and < '\x7f');

    /// <summary>One scope-token of RFC 6749 §3.3: printable ASCII without space, quote and backslash.</summary>
    public static bool IsScope(string text) =>
        text.Length is >= 1 and <= MaxScope && text.All(c => c is '!' or (>= '#' and <= '[') or (>= ']' and <= '~'));

    /// <summary>An absolute URI without a fragment (RFC 8707 §2).</summary>
    public static bool IsAudience(string text) =>
        text.Length <= MaxAudience
        && !text.AsSpan().ContainsAnyExcept(UriCharacters)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme != Uri.UriSchemeFile;

    /// <summary>An http or https origin exactly as browsers send it (RFC 6454 §6.2): lower case, no path, and a port only where it
    /// is not the scheme's own.</summary>
    public static bool IsOrigin(string text) =>
        text.Length <= MaxAudience
        && !text.AsSpan().ContainsAnyExcept(UriCharacters)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0
        && uri.HostNameType is not UriHostNameType.Unknown and not UriHostNameType.Basic
        && uri.GetLeftPart(UriPartial.Authority) == text;

    /// <summary>Lengths of RFC 5321 §4.5.3.1, one <c>@</c>, a dotted domain of letters, digits and hyphens.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        return text.Length <= MaxEmail
            && at is >= 1 and <= MaxEmailLocalPart
            && LocalPart().IsMatch(text[..at])
            && Domain().IsMatch(text[(at + 1)..])
            && MailAddress.TryCreate(text, out var parsed)
            && parsed.Address == text;
    }

    /// <summary><c>YYYY-MM-DD</c>, 1900-01-01 to a hundred years from <paramref name="today"/>.</summary>
    public static bool IsDate(string text, DateOnly today) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date >= EarliestDate
        && date <= today.AddYears(100);

    /// <summary>An IPv4 or IPv6 address, or a CIDR block whose host bits are zero.</summary>
    public static bool IsAddressBlock(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return IsAddress(text);

        var (address, prefix) = (text[..slash], text[(slash + 1)..]);
        return IsAddress(address)
            && IPNetwork.TryParse(text, out var network)
            && network.BaseAddress.Equals(IPAddress.Parse(address))
            && network.PrefixLength.ToString(CultureInfo.InvariantCulture) == prefix;
    }

    /// <summary>One way to write it only. The framework also reads 10.1, 0x7f.0.0.1 and 010.0.0.1 (which is 8.0.0.1),
    /// brackets, ports and zones.</summary>
    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text
            : text.AsSpan().IndexOfAny("[]%") < 0);

    [GeneratedRegex(@"^[a-zA-Z0-9_]{3,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RingId();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NodeId();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RequestId();

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LocalPart();

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
