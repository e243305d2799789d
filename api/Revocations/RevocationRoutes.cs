using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tumbler.Api.Keys;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Revocations;

namespace Tumbler.Api.Revocations;

/// <summary>The kill list, for verifiers: by polling, and as a stream of events (HTML Living Standard §9.2).</summary>
internal sealed class RevocationRoutes(IRevocationLists lists, ApiOptions options, IHostApplicationLifetime lifetime)
{
    // A cache in between spares the server from many, and is late by less than anybody's patience.
    private const string CacheFor = "public, max-age=1";

    private readonly EventStreams streams = new(options.MostStreams, "Ask another one, or poll the list.");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/revocations/{ring}", List);
        routes.MapGet("/api/v1/revocations/{ring}/events", Events);
    }

    private async Task List(HttpContext http)
    {
        if (!http.TryRing(out var ring))
        {
            await Missing(http);
            return;
        }

        var check = new InputCheck();
        check.CheckParameters(http.Request.Query, ["since"]);
        var since = Since(check, http.Request.Query["since"]);
        if (check.Failed)
            await http.WriteProblem(ProblemMap.Of(check.Refusal));
        else if (!(await lists.Get(ring, since)).TryGet(out var list, out var refusal))
            await Refuse(http, refusal);
        else
            await Write(http, list);
    }

    private async Task Events(HttpContext http)
    {
        if (!http.TryRing(out var ring))
        {
            await Missing(http);
            return;
        }

        var check = new InputCheck();
        check.CheckParameters(http.Request.Query, []);
        if (check.Failed)
        {
            await http.WriteProblem(ProblemMap.Of(check.Refusal));
            return;
        }

        await streams.Hold(http, http => Follow(http, ring));
    }

    private async Task Follow(HttpContext http, RingId ring)
    {
        // Before the first list: what is new after that is not missed.
        var known = lists.Now;
        if (!(await lists.Get(ring, LastEventId(http))).TryGet(out var first, out var refusal))
        {
            await Refuse(http, refusal);
            return;
        }

        EventStreams.Begin(http.Response);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await new RevocationStream(lists, ring, options.MachineClock, http.Response.BodyWriter).Follow(known, first, end.Token);
    }

    private static Task Write(HttpContext http, SignedList list)
    {
        http.Response.Headers.ETag = list.ETag;
        http.Response.Headers.CacheControl = CacheFor;
        if (IfNoneMatch.Holds(http.Request.Headers.IfNoneMatch, list.ETag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var body = Encoding.ASCII.GetBytes(list.Jwt);
        http.Response.ContentType = "application/jwt";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static long? Since(InputCheck check, string? text)
    {
        if (text is null)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        check.Add("since", "number", "since must be the number of a list that was read before.");
        return null;
    }

    /// <summary>As a browser sends it after a broken connection. What is no number of ours begins anew.</summary>
    private static long? LastEventId(HttpContext http) =>
        http.Request.Headers["Last-Event-ID"] is [{ } text]
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>To the public a ring that does not exist is just no address.</summary>
    private static Task Refuse(HttpContext http, Refusal refusal) =>
        refusal.Code == ErrorCode.NotFound ? Missing(http) : http.WriteProblem(ProblemMap.Of(refusal));

    private static Task Missing(HttpContext http) => http.WriteProblem(ProblemMap.Of(StatusCodes.Status404NotFound));
}
