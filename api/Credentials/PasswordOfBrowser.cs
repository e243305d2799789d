using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tumbler.Api.Credentials;

/// <summary>What somebody typed into a browser's own dialogue (RFC 7617); the user name is of no interest.</summary>
internal static class PasswordOfBrowser
{
    public const string Challenge = "Basic realm=\"tumbler\", charset=\"UTF-8\"";

    private const string Scheme = "Basic ";
    private const int MaxLength = 1024;

    public static string? Of(HttpRequest request)
    {
        Span<byte> pair = stackalloc byte[MaxLength / 4 * 3];
        if (request.Headers.Authorization is not [{ Length: <= MaxLength } header]
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64Chars(header.AsSpan(Scheme.Length), pair, out var length))
        {
            return null;
        }

        var colon = pair[..length].IndexOf((byte)':');
        return colon < 0 ? null : Encoding.UTF8.GetString(pair[(colon + 1)..length]);
    }
}
