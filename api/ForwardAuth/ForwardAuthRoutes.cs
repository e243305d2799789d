using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Tumbler.Api.Credentials;
using Tumbler.Api.Problems;
using Tumbler.Api.Proxies;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Migration;
using Tumbler.Engine.Tokens;

namespace Tumbler.Api.ForwardAuth;

/// <summary>Answers gateways that ask whether to let a request through: 200 with who it is, 401 or 403. The request's method, body,
/// path and its own copies of the headers that the answer has are of no interest.</summary>
internal sealed partial class ForwardAuthRoutes(
    ApiOptions api, IApiKeys apiKeys, SharedKeys sharedKeys, IBearerTokens tokens, Issuers issuers, TurnedAway turnedAway, ILogger<ForwardAuthRoutes> log)
{
    private readonly ForwardAuthOptions options = api.ForwardAuth;
    private readonly ForwardJudge judge = new(api.ForwardAuth, apiKeys, sharedKeys, tokens, turnedAway);
    private readonly Requirements requirements = new(api.ForwardAuth.Ring, issuers);

    public const string Path = "/api/v1/forward-auth";

    public void Map(IEndpointRouteBuilder routes) => routes.Map(Path, Ask);

    private Task Ask(HttpContext http)
    {
        if (!requirements.Of(http.Request).TryGet(out var needs, out var refusal))
            return http.WriteProblem(ProblemMap.Of(refusal));
        if (IsExempt(http))
            return Answer(http, ForwardDecision.Allowed(ForwardIdentity.None));

        var origin = http.Origin();
        var judging = judge.Judge(http, needs, options.Enforce ? origin : origin with { Route = $"{origin.Route} (not enforced)" });
        return judging.IsCompletedSuccessfully ? Answer(http, judging.Result) : Wait(http, judging);
    }

    private async Task Wait(HttpContext http, ValueTask<ForwardDecision> judging) => await Answer(http, await judging);

    private Task Answer(HttpContext http, in ForwardDecision decision)
    {
        if (decision.Identity is null && options.Enforce)
        {
            if (decision.Challenge is { } challenge)
                http.Response.Headers.WWWAuthenticate = challenge;
            return http.WriteProblem(ProblemMap.Refused(decision.Status, decision.Reason));
        }

        if (decision.Identity is null)
            NotEnforced(log, decision.Status, decision.Reason);
        var (response, who) = (http.Response, decision.Identity ?? ForwardIdentity.None);
        response.ContentLength = 0;
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        Set(headers, "X-Auth-Subject", who.Subject);
        Set(headers, "X-Auth-Org", who.Org);
        Set(headers, "X-Auth-Scopes", who.Scopes);
        Set(headers, "X-Auth-Key-Id", who.KeyId);
        return Task.CompletedTask;
    }

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            headers[name] = value;
    }

    /// <summary>Gateways name the request's path in one of two headers, and hand on the other one if the caller sends it: what is
    /// there must agree that it is exempt.</summary>
    private bool IsExempt(HttpContext http)
    {
        if (options.Exempt.IsEmpty || !http.CameFromProxy())
            return false;
        var (original, forwarded) = (http.Request.Headers["X-Original-URI"], http.Request.Headers["X-Forwarded-Uri"]);
        return original.Count + forwarded.Count > 0 && MayBe(original) && MayBe(forwarded);

        bool MayBe(StringValues uri) => uri.Count == 0 || (uri is [{ } one] && options.Exempt.Cover(one));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Forward-auth is not enforced. It would have answered {Status}: {Reason}")]
    private static partial void NotEnforced(ILogger log, int status, string reason);
}
