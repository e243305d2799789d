using Microsoft.AspNetCore.Http;
using Tumbler.Engine.Migration;

namespace Tumbler.Api.Migration;

public static class DeprecationHeaders
{
    /// <summary>Tells whoever reads headers that the credential of this request will not do for ever (RFC 9745, RFC 8594).</summary>
    public static void Announce(this HttpResponse response, DeprecationNotice? notice)
    {
        if (notice is null)
            return;
        response.Headers["Deprecation"] = notice.DeprecationHeader;
        if (notice.SunsetHeader is { } sunset)
            response.Headers["Sunset"] = sunset;
    }
}
