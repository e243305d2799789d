using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tumbler.Api.Tokens;

/// <summary>HTTP Basic (RFC 7617) as OAuth uses it: id and secret are form-encoded first (RFC 6749 §2.3.1).</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic ";

    // An id of 36 characters and a key of at most 512, each of them escaped at worst, fit three times over.
    private const int MaxLength = 4096;

    public static bool TryParse(string header, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out string? secret)
    {
        (id, secret) = (null, null);
        Span<byte> pair = stackalloc byte[MaxLength / 4 * 3];
        if (header.Length > MaxLength
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64Chars(header.AsSpan(Scheme.Length).Trim(' '), pair, out var length))
        {
            return false;
        }

        pair = pair[..length];
        var colon = pair.IndexOf((byte)':');
        return colon > 0 && TryText(pair[..colon], out id) && TryText(pair[(colon + 1)..], out secret);
    }

    private static bool TryText(Span<byte> encoded, [NotNullWhen(true)] out string? text)
    {
        // Decoding never writes ahead of what it reads.
        text = FormDecoding.TryDecode(encoded, encoded, out var length) ? Encoding.UTF8.GetString(encoded[..length]) : null;
        return text is not null;
    }
}
