using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Tumbler.Api.CrossOrigin;

/// <summary>Who may read an answer in a browser (Fetch §3.3). Never with the browser's own credentials: what a caller may do is
/// decided by a key that its page has to send itself.</summary>
internal sealed class CrossOriginHeaders(AllowedOrigins origins)
{
    private static readonly StringValues Anybody = "*";
    private static readonly StringValues VaryByOrigin = "Origin";
    private static readonly StringValues Exposed =
        "ETag, Location, Retry-After, Tumbler-Known-By, Tumbler-Unconfirmed, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-ID";

    public void Put(HttpContext http)
    {
        if (PublicDocuments.Has(http.Request.Path))
        {
            http.Response.Headers.AccessControlAllowOrigin = Anybody;
            http.Response.Headers.AccessControlExposeHeaders = Exposed;
        }
        else if (origins.Any)
        {
            // Also without an Origin: a cache between must not give this answer to a page.
            http.Response.Headers.Vary = VaryByOrigin;
            if (http.Request.Headers.Origin is [{ } origin] && origins.Contains(origin))
            {
                http.Response.Headers.AccessControlAllowOrigin = origin;
                http.Response.Headers.AccessControlExposeHeaders = Exposed;
            }
        }
    }
}
