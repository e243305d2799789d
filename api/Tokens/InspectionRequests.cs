using System.Buffers;
using Microsoft.AspNetCore.Http;
using Tumbler.Api.Credentials;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Api.Tokens;

/// <summary>From HTTP to a question about a token, by RFC 7662 §2.1 and RFC 7009 §2.1.</summary>
internal static class InspectionRequests
{
    /// <summary>Null with the question, or why there is none.</summary>
    public static OAuthError? Read(HttpContext http, in ReadOnlySequence<byte> body, out TokenQuestion question)
    {
        question = default;
        if (!TokenForm.TryParse(body.IsSingleSegment ? body.FirstSpan : body.ToArray(), out var form, out var fault))
            return TokenRequests.InvalidRequest(fault!);
        if (form.Token is not { } token)
            return TokenRequests.InvalidRequest("token is required.");

        if (http.Caller().Actor.Type == ActorType.Administrator)
        {
            question = new TokenQuestion(null, token, http.Origin());
            return form is { ClientSecret: null, Assertion: null } && (http.Caller().ByToken || http.Request.Headers.Authorization.Count == 0)
                ? null
                : TokenRequests.InvalidRequest("An administrator and a client authenticate in one request; it must choose one.");
        }

        if (TokenRequests.Authenticate(http, form, out var client) is { } error)
            return error;
        question = new TokenQuestion(client, token, http.Origin());
        return null;
    }
}
