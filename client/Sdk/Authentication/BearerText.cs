using Microsoft.Extensions.Primitives;

namespace Tumbler.Client.Authentication;

/// <summary>The token behind <c>Bearer</c> (RFC 6750 §2.1). One in a body or a query (§2.2, §2.3) is not looked at: both get into logs.</summary>
internal static class BearerText
{
    private const string Scheme = "Bearer";

    /// <returns>How many <c>Authorization</c> headers there are, if one of them has a token; else 0, for another scheme is not ours.</returns>
    public static int Find(StringValues headers, out string token)
    {
        token = "";
        var found = false;
        foreach (var header in headers)
        {
            if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || (header.Length > Scheme.Length && header[Scheme.Length] != ' '))
                continue;
            token = header[Scheme.Length..].Trim(' ');
            found = true;
        }

        return found ? headers.Count : 0;
    }
}
