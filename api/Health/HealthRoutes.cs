using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Metrics;
using Tumbler.Api.Requests;
using Tumbler.Engine.Readiness;

namespace Tumbler.Api.Health;

internal sealed class HealthRoutes(IReadiness readiness, ApiOptions options, MetricsGate gate, TimeProvider clock)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", Methods, http => Live().Write(http));
        routes.MapMethods("/health/ready", Methods, Ready);
    }

    private bool ShowsDetails(HttpContext http) => !options.HealthDetailsClosed || gate.WhyNot(http) is null;

    private Answer Live() =>
        Answer.Of(StatusCodes.Status200OK, new LiveView("ok", clock.GetUtcNow()), ApiJson.Default.LiveView);

    private async Task Ready(HttpContext http)
    {
        var checks = await readiness.Check(http.RequestAborted);
        var (status, word) = checks.All(check => check.Ok) ? (StatusCodes.Status200OK, "ready")
            : checks.All(check => check.Ok || !check.Needed) ? (StatusCodes.Status200OK, "degraded")
            : (StatusCodes.Status503ServiceUnavailable, "not_ready");
        await Answer.Of(status, new ReadyView(word, ShowsDetails(http) ? checks : null), ApiJson.Default.ReadyView).Write(http);
    }
}
