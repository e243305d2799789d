using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Engine.Limits;

namespace Tumbler.Api.Limits;

/// <summary>Counts answers that refuse a credential, by address. From the limit on the next ones say 429 instead. A good credential from
/// the same address, of somebody behind the same router, is never asked about it.</summary>
internal static class FailedAuthentication
{
    /// <returns>Whether it is one too many; then the answer says when to try again.</returns>
    public static bool IsOneTooMany(this HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<FailedAttempts>().Add(http.Connection.RemoteIpAddress) is not { } rest)
            return false;
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(rest.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.RequestServices.GetRequiredService<Limited>().Note(http, Limited.ByAddress);
        return true;
    }
}
