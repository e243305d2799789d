using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;

namespace Tumbler.Api.Metrics;

internal sealed class MetricsRoutes(MetricsGate gate, MetricsBook book, SecurityEvents events, TimeProvider clock)
{
    private const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Get);

    private Task Get(HttpContext http)
    {
        if (gate.WhyNot(http) is { } reason)
            return Refuse(http, reason);
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(PrometheusText.Of(book.Read()), http.RequestAborted);
    }

    private Task Refuse(HttpContext http, SecurityReason reason)
    {
        events.Record(new SecurityEvent(reason, http.Origin(), clock.Now()));
        return http.WriteProblem(
            ProblemMap.Of(new Refusal(ErrorCode.Unauthenticated, "Metrics need the metrics token as a Bearer token, or an administrator.")),
            challenge: MetricsGate.Challenge);
    }
}
