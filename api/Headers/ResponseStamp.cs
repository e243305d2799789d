using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tumbler.Api.CrossOrigin;

namespace Tumbler.Api.Headers;

/// <summary>The headers that every answer carries, whatever its outcome.</summary>
/// <remarks>Each value is made once: nothing here allocates for a request.</remarks>
internal sealed class ResponseStamp(ApiOptions options)
{
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Deny = "DENY";
    private static readonly StringValues NoReferrer = "no-referrer";

    /// <summary>Answers are data. Should a browser be made to show one, it loads nothing and stands in no frame.</summary>
    private static readonly StringValues DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    private static readonly StringValues NoPermissions =
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    private readonly CrossOriginHeaders crossOrigin = new(options.Origins);
    private readonly StringValues hsts = Hsts(options.Headers);

    private readonly bool security = options.Headers.Security;

    public void Put(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers["X-Request-ID"] = http.TraceIdentifier;
        headers.XContentTypeOptions = NoSniff;
        if (security)
            Protect(http.Request, headers);
        crossOrigin.Put(http);
    }

    private void Protect(HttpRequest request, IHeaderDictionary headers)
    {
        headers.XFrameOptions = Deny;
        headers.ContentSecurityPolicy = DataPolicy;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Permissions-Policy"] = NoPermissions;

        // Over plain HTTP it would be anybody's word (RFC 6797 §7.2).
        if (request.IsHttps && hsts.Count > 0)
            headers.StrictTransportSecurity = hsts;
    }

    private static StringValues Hsts(HeaderOptions options) => options.HstsMaxAge <= TimeSpan.Zero
        ? StringValues.Empty
        : string.Create(CultureInfo.InvariantCulture, $"max-age={(long)options.HstsMaxAge.TotalSeconds}{(options.HstsSubDomains ? "; includeSubDomains" : "")}");
}
