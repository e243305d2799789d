using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Engine;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Metrics;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Console;

/// <summary>Tells administrators what has changed, as a stream of events (HTML Living Standard §9.2): names alone, for them to ask again.</summary>
internal sealed class EventRoutes(
    StoreNews news,
    NodeCounts counts,
    SecurityEvents turnedAway,
    ApiOptions options,
    TimeProvider clock,
    IHostApplicationLifetime lifetime)
{
    /// <summary>Then whoever follows must show a credential again: one that is good no longer hears no more than that. It is as long as a
    /// token lives by default.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly EventStreams streams = new(options.MostStreams, "Ask another one.");

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/admin/events", Events);

    private async Task Events(HttpContext http)
    {
        var check = new InputCheck();
        check.CheckParameters(http.Request.Query, []);
        if (check.Failed)
        {
            await http.WriteProblem(ProblemMap.Of(check.Refusal));
            return;
        }

        await streams.Hold(http, Follow);
    }

    private async Task Follow(HttpContext http)
    {
        EventStreams.Begin(http.Response);
        using var late = new CancellationTokenSource(Longest, options.MachineClock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping, late.Token);
        await new HintStream(news, Counts, options.MachineClock, http.Response.BodyWriter).Follow(end.Token);
    }

    private CountsView Counts() => new(
        options.Settings.Current.Node, clock.Now(), counts.Tokens(), counts.Verifications(), turnedAway.Recorded + turnedAway.Dropped);
}
