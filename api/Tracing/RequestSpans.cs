using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Core.Privacy;
using Tumbler.Engine;
using Tumbler.Engine.Metrics;

namespace Tumbler.Api.Tracing;

/// <summary>A span for each request, below the caller's (W3C Trace Context). The framework's own would have the path as it was written,
/// and callers paste keys into paths: here stands the route.</summary>
/// <remarks>Which requests are traced is decided before there is a span: a sampler would be asked with one already made.</remarks>
internal sealed class RequestSpans(RequestDelegate next, ApiOptions options)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!ProductTracing.Source.HasListeners())
            return next(http);
        var headers = http.Request.Headers;
        var decided = ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var caller);
        var wanted = decided ? caller.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) : Chance.Happens(options.TracedShare);
        return wanted ? Traced(http, caller) : next(http);
    }

    private async Task Traced(HttpContext http, ActivityContext caller)
    {
        using var span = ProductTracing.Source.StartActivity(Method(http), ActivityKind.Server, caller);
        await next(http);
        if (span is not null)
            Describe(span, http);
    }

    private static void Describe(Activity span, HttpContext http)
    {
        var method = Method(http);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route)
            .SetTag("http.response.status_code", http.Response.StatusCode)
            .SetTag("tumbler.request_id", Redaction.Text(http.TraceIdentifier));
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>One that exists: whoever makes one up writes nothing into the traces.</summary>
    private static string Method(HttpContext http) => http.Request.Method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" => http.Request.Method,
        _ => "_OTHER",
    };
}
