using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tumbler.Api.Keys;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Store;

namespace Tumbler.Api.Tokens;

/// <summary>The token endpoint (RFC 6749 §3.2). The hot path: it waits for nothing but a body that is still on its way.</summary>
internal sealed partial class TokenRoutes(
    ITokens tokens, SecurityEvents events, TimeProvider clock, ILogger<TokenRoutes> log)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth2/token", Token);
        routes.MapPost("/rings/{ring}/oauth2/token", Token);
    }

    private Task Token(HttpContext http)
    {
        if (!http.TryRing(out var ring))
            return NoSuchRing(http);
        if (!http.Request.HasBodyOf(MediaTypes.Form))
            return http.WriteOAuthError(TokenRequests.InvalidRequest("The body must be application/x-www-form-urlencoded in UTF-8."));

        var body = http.Request.BodyReader.ReadToEnd(http.RequestAborted);
        return body.IsCompletedSuccessfully ? Issue(http, ring, body.Result) : Wait(http, ring, body);

        async Task Wait(HttpContext http, RingId ring, ValueTask<ReadOnlySequence<byte>> body) =>
            await Issue(http, ring, await body);
    }

    private Task Issue(HttpContext http, RingId ring, in ReadOnlySequence<byte> body)
    {
        var error = TokenRequests.Read(http, body, out var request);
        http.Request.BodyReader.AdvanceTo(body.End);
        if (error is not null)
            return Refuse(http, error);

        var issuing = tokens.Issue(ring, request);
        return issuing.IsCompletedSuccessfully ? Answer(http, issuing.Result) : Wait(http, issuing);
    }

    /// <summary>A request that was not even asked. Without a client it is an attempt like any other.</summary>
    private Task Refuse(HttpContext http, OAuthError error)
    {
        if (error.Code == OAuthErrorCode.InvalidClient)
            events.Record(new SecurityEvent(SecurityReason.NoCredential, http.Origin(), clock.Now()));
        return http.WriteOAuthError(error);
    }

    private async Task Wait(HttpContext http, ValueTask<TokenAnswer?> issuing)
    {
        TokenAnswer? answer;
        try
        {
            answer = await issuing;
        }
        catch (StoreUnavailableException cause)
        {
            StoreUnavailable(log, cause);
            answer = new OAuthError(OAuthErrorCode.TemporarilyUnavailable, "The store did not answer. Try again.");
        }

        await Answer(http, answer);
    }

    private static Task Answer(HttpContext http, TokenAnswer? answer)
    {
        if (answer is not { } given)
            return NoSuchRing(http);
        return given.TryGet(out var token, out var error) ? http.WriteToken(token) : http.WriteOAuthError(error);
    }

    private static Task NoSuchRing(HttpContext http) => http.WriteProblem(ProblemMap.Of(StatusCodes.Status404NotFound));

    [LoggerMessage(Level = LogLevel.Error, Message = "No token could be issued: the store did not answer.")]
    private static partial void StoreUnavailable(ILogger log, Exception cause);
}
