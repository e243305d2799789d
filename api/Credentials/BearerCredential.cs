using Microsoft.Extensions.Primitives;

namespace Tumbler.Api.Credentials;

/// <summary>The token in <c>Authorization: Bearer</c> (RFC 6750 §2.1). The ways of §2.2 and §2.3, in a body or a query, are not
/// offered: both are logged and cached on their way.</summary>
internal static class BearerCredential
{
    public const string Header = "Authorization";

    private const string Scheme = "Bearer";

    /// <summary>False when there is more than one header and a token in any of them. Another scheme is none of our business.</summary>
    /// <param name="token">Null when there is none; empty when there is nothing behind the scheme's name.</param>
    public static bool TryRead(StringValues headers, out string? token)
    {
        token = null;
        foreach (var header in headers)
        {
            if (header is null || !IsBearer(header))
                continue;
            token = header[Scheme.Length..].Trim(' ');
            if (headers.Count > 1)
                return false;
        }

        return true;
    }

    public static bool IsIn(StringValues headers) => headers.Any(header => header is not null && IsBearer(header));

    private static bool IsBearer(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (header.Length == Scheme.Length || header[Scheme.Length] == ' ');
}
