using Microsoft.AspNetCore.Http;
using Tumbler.Contracts.Keys;

namespace Tumbler.Api.Keys;

internal static class PublicRing
{
    /// <summary>The ring in a public route, the default one where it names none. False for what can't be a ring's name:
    /// to the public that is just one more ring that does not exist.</summary>
    public static bool TryRing(this HttpContext http, out RingId ring)
    {
        ring = RingId.Default;
        return http.Request.RouteValues["ring"] is not string text || RingId.TryParse(text, out ring);
    }
}
