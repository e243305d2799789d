using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Tumbler.Api.Keys;
using Tumbler.Api.Problems;

namespace Tumbler.Api.Console;

/// <summary>The console: a page and its files, for anyone. What it shows it asks of the API, with the credential that is typed into it.</summary>
internal sealed class ConsoleRoutes
{
    private const string Root = "/console/";

    // The page names the other files with their version: as long as it is asked for anew, all of them are of one release.
    private const string AskAnew = "no-cache", KeepForEver = "public, max-age=31536000, immutable";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Nothing but its own files and the API. Text can't become markup: trusted-types refuses whoever would try.</summary>
    private static readonly StringValues Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly StringValues SameOrigin = "same-origin";

    private readonly ConsoleFiles files = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Root, Methods, Page);
        routes.MapMethods($"{Root}{{version}}/{{file}}", Methods, File);
    }

    private Task Page(HttpContext http)
    {
        if (http.Request.Path.Value!.EndsWith('/'))
            return Write(http, files.Page, AskAnew);

        // Relative, as everything in the page is: a gateway may have it below another path.
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = "console/";
        return Task.CompletedTask;
    }

    private Task File(HttpContext http)
    {
        var route = http.Request.RouteValues;
        return files.Find(route["version"] as string, route["file"] as string) is { } file
            ? Write(http, file, KeepForEver)
            : http.WriteProblem(ProblemMap.Of(StatusCodes.Status404NotFound));
    }

    private static Task Write(HttpContext http, ConsoleFile file, string cacheFor)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        return DocumentAnswer.Write(http, file.Content, file.MediaType, cacheFor);
    }
}
