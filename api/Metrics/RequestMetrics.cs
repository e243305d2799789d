using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Limits;
using Tumbler.Engine.Metrics;

namespace Tumbler.Api.Metrics;

/// <summary>Times every request by its route and counts the answers by their code: labels that nobody outside can make up.</summary>
internal sealed class RequestMetrics(RequestDelegate next, ApiOptions options, ProductMeter product)
{
    /// <summary>Of what is no route of the API.</summary>
    private const string NoRoute = "none";

    private static readonly KeyValuePair<string, object?>[] Codes =
        [.. Enumerable.Range(0, 600).Select(code => KeyValuePair.Create(MetricNames.Code, (object?)code.ToString(CultureInfo.InvariantCulture)))];

    private readonly TimeProvider clock = options.MachineClock;
    private readonly ConcurrentDictionary<Endpoint, string> names = [];

    private readonly Histogram<double> durations = product.Meter.CreateHistogram<double>(
        MetricNames.RequestDuration, description: "How long requests took until their answer was written, by route. A stream of events ends with its follower.");

    private readonly Counter<long> responses = product.Meter.CreateCounter<long>(MetricNames.Responses, description: "Answers, by status code.");

    public async Task InvokeAsync(HttpContext http)
    {
        var began = clock.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            durations.Record(clock.GetElapsedTime(began).TotalSeconds, KeyValuePair.Create(MetricNames.Route, (object?)RouteOf(http)));
            responses.Add(1, Codes[http.Response.StatusCode is var code && code < Codes.Length ? code : 0]);
        }
    }

    private string RouteOf(HttpContext http) => http.GetEndpoint() is RouteEndpoint endpoint ? names.GetOrAdd(endpoint, NameOf) : NoRoute;

    private static string NameOf(Endpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        var name = RouteName.Of(methods, ((RouteEndpoint)endpoint).RoutePattern.RawText ?? "");
        return RouteNames.All.Contains(name) ? name : NoRoute;
    }
}
