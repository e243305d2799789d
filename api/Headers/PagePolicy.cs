using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Primitives;

namespace Tumbler.Api.Headers;

/// <summary>What a page may load that is not ours and stands in a browser: its own files only, and no script but those. Styles on
/// elements are let through, because such pages are full of them.</summary>
internal static class PagePolicy
{
    public static readonly StringValues Text =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Apply(EndpointBuilder page)
    {
        if (page.RequestDelegate is not { } show)
            return;
        page.RequestDelegate = http =>
        {
            http.Response.Headers.ContentSecurityPolicy = Text;
            return show(http);
        };
    }
}
