using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Credentials;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Metrics;

namespace Tumbler.Api.Limits;

/// <summary>Takes note of requests that a limit has turned away.</summary>
internal sealed class Limited(SecurityEvents events, ProductMeter product, TimeProvider clock)
{
    public const string ByRoute = "route";
    public const string ByApiKey = "api_key";
    public const string ByAddress = "address";

    private readonly Counter<long> counter = product.Meter.CreateCounter<long>(
        MetricNames.RequestsLimited, description: "Requests that a limit has turned away: a route's, an API key's, or that of failures from one address.");

    /// <summary>The engine has recorded what an API key's own limit refuses: it knows more about it.</summary>
    public void Note(HttpContext http, string limit)
    {
        counter.Add(1, KeyValuePair.Create(MetricNames.Limit, (object?)limit));
        if (limit == ByApiKey)
            return;
        var caller = http.Caller();
        events.Record(new SecurityEvent(SecurityReason.RateLimited, http.Origin(), clock.Now())
        {
            Key = caller.Actor.Type == ActorType.ApiKey ? ApiKeyId.Parse(caller.Actor.Id) : null,
            Org = caller.Org,
        });
    }
}
