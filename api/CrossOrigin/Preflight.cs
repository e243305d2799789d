using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tumbler.Api.ForwardAuth;
using Tumbler.Api.Problems;

namespace Tumbler.Api.CrossOrigin;

/// <summary>Answers a browser that asks before it sends a page's request (Fetch §4.8). It carries no credential, so it comes
/// before the gate; who may read the answer is on it already. What gateways ask with a page's headers is a question of their own.</summary>
internal sealed class Preflight(RequestDelegate next)
{
    private static readonly StringValues Reading = "GET, HEAD";
    private static readonly StringValues Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static readonly StringValues Accepted =
        "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Admin-Key, X-API-Key, X-Request-ID";

    /// <summary>Seconds. An origin that is taken off the list is refused in the answer itself at once.</summary>
    private static readonly StringValues Remembered = "600";

    public Task InvokeAsync(HttpContext http)
    {
        var (request, headers) = (http.Request, http.Response.Headers);
        if (!HttpMethods.IsOptions(request.Method) || request.Path == ForwardAuthRoutes.Path || request.Headers.Origin.Count == 0 || request.Headers.AccessControlRequestMethod.Count == 0)
            return next(http);
        if (headers.AccessControlAllowOrigin.Count == 0)
            return http.WriteProblem(ProblemMap.ForeignOrigin);

        headers.AccessControlAllowMethods = PublicDocuments.Has(request.Path) ? Reading : Methods;
        headers.AccessControlAllowHeaders = Accepted;
        headers.AccessControlMaxAge = Remembered;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
