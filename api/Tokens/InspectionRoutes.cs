using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tumbler.Api.Credentials;
using Tumbler.Api.Keys;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Api.Tokens;

/// <summary>Introspection (RFC 7662) and revocation (RFC 7009).</summary>
internal sealed partial class InspectionRoutes(
    ITokenInspection tokens, SecurityEvents events, TimeProvider clock, ILogger<InspectionRoutes> log)
{
    private static readonly OAuthError StoreAway = new(OAuthErrorCode.TemporarilyUnavailable, "The store did not answer. Try again.");

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var ring in (string[])["", "/rings/{ring}"])
        {
            routes.MapPost($"{ring}/oauth2/introspect", http => Answer(http, Introspect));
            routes.MapPost($"{ring}/oauth2/revoke", http => Answer(http, Revoke));
        }
    }

    private async Task Answer(HttpContext http, Func<HttpContext, RingId, TokenQuestion, Task> answer)
    {
        if (!http.TryRing(out var ring))
        {
            await NoSuchRing(http);
            return;
        }

        if (!http.Request.HasBodyOf(MediaTypes.Form))
        {
            await http.WriteOAuthError(TokenRequests.InvalidRequest("The body must be application/x-www-form-urlencoded in UTF-8."));
            return;
        }

        var body = await http.Request.BodyReader.ReadToEnd(http.RequestAborted);
        var error = InspectionRequests.Read(http, body, out var question);
        http.Request.BodyReader.AdvanceTo(body.End);
        if (error is { Code: OAuthErrorCode.InvalidClient })
            events.Record(new SecurityEvent(SecurityReason.NoCredential, http.Origin(), clock.Now()));
        if (error is not null)
        {
            await http.WriteOAuthError(error);
            return;
        }

        try
        {
            await answer(http, ring, question);
        }
        catch (StoreUnavailableException cause)
        {
            StoreUnavailable(log, cause);
            await http.WriteOAuthError(StoreAway);
        }
    }

    private async Task Introspect(HttpContext http, RingId ring, TokenQuestion question)
    {
        if (await tokens.Introspect(ring, question) is not { } answer)
            await NoSuchRing(http);
        else
            await (answer.TryGet(out var status, out var error) ? http.WriteStatus(status) : http.WriteOAuthError(error));
    }

    /// <summary>RFC 7009 §2.2: the status alone says it, also of a token that was worth nothing before.</summary>
    private async Task Revoke(HttpContext http, RingId ring, TokenQuestion question)
    {
        var answer = await tokens.Revoke(ring, question, new CallContext(http.Caller().Actor, http.TraceIdentifier, http.Source()));
        if (answer is null)
            await NoSuchRing(http);
        else if (answer.Error is { } error)
            await http.WriteOAuthError(error);
        else
            http.WriteRevoked(answer.Spread);
    }

    private static Task NoSuchRing(HttpContext http) => http.WriteProblem(ProblemMap.Of(StatusCodes.Status404NotFound));

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing could be said about a token: the store did not answer.")]
    private static partial void StoreUnavailable(ILogger log, Exception cause);
}
