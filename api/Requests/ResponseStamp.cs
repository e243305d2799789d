using Microsoft.AspNetCore.Http;

namespace Tumbler.Api.Requests;

internal static class ResponseStamp
{
    /// <summary>The headers that every answer carries, whatever its outcome.</summary>
    public static void StampResponse(this HttpContext http)
    {
        http.Response.Headers["X-Request-ID"] = http.TraceIdentifier;
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
