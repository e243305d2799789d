using System.Globalization;
using System.Text.Json.Nodes;
using Tumbler.Api.Problems;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>Every error that a route may answer, with an example.</summary>
internal static class Errors
{
    private static readonly int[] OAuthStatuses = [400, 401, 429, 503];

    private static readonly SortedDictionary<int, (string When, Problem Problem)> Problems = new()
    {
        [400] = ("The request breaks an input rule.", ProblemMap.Of(new Refusal(ErrorCode.InvalidInput, "slug must be 3 to 50 characters of a-z, A-Z, 0-9 and _."))),
        [401] = ("No credential, or none that is accepted; `WWW-Authenticate` says more where it was a token.", ProblemMap.Of(new Refusal(ErrorCode.Unauthenticated, "The credential is not accepted."))),
        [403] = ("A good credential that may not do this.", ProblemMap.Of(new Refusal(ErrorCode.Forbidden, "This needs another credential."))),
        [404] = ("There is no such thing.", ProblemMap.Of(new Refusal(ErrorCode.NotFound, "There is no such organisation."))),
        [408] = ("The body came too slowly.", ProblemMap.Of(408)),
        [409] = ("It contradicts what is: the id is taken, the state does not allow it, or an audit entry was damaged.", ProblemMap.Of(new Refusal(ErrorCode.AlreadyExists, "The id is taken."))),
        [413] = ("The body is over 100 KB.", ProblemMap.Of(413)),
        [415] = ("The body is not `application/json` in UTF-8.", ProblemMap.Of(415)),
        [422] = ("Another request had this `Idempotency-Key`.", ProblemMap.Of(new Refusal(ErrorCode.IdempotencyKeyReused, "Another request had this Idempotency-Key."))),
        [429] = ("More often than the limit allows; `Retry-After` says when again.", ProblemMap.Of(new Refusal(ErrorCode.RateLimited, "The limit is reached."))),
        [500] = ("Something went wrong here; the server's log has it under the `error_id`.", ProblemMap.Of(500)),
        [503] = ("Not at the moment; `Retry-After` says when again. Whether a change was made the message says.", ProblemMap.Of(new Refusal(ErrorCode.Unavailable, "The store did not answer."))),
    };

    public static JsonObject Responses()
    {
        var responses = new JsonObject();
        foreach (var (status, (when, problem)) in Problems)
        {
            responses[Text(status)] = Response(when, "application/problem+json", "Problem", status, new JsonObject
            {
                ["type"] = $"urn:tumbler:problem:{problem.Error}",
                ["title"] = problem.Title,
                ["status"] = problem.Status,
                ["detail"] = problem.Message,
                ["error"] = problem.Error,
                ["message"] = problem.Message,
                ["error_id"] = "ERR-6cea60c5e5e6",
            });
        }

        OAuth(responses, 400, "The request is not one of RFC 6749, or asks for what was not granted.", "invalid_scope", "A scope was not granted to this client.");
        OAuth(responses, 401, "The client is not who it says, or may not be used from here.", "invalid_client", "The client must authenticate, by secret, assertion or certificate.");
        OAuth(responses, 429, "The client's own limit, or too many failures from this address.", "invalid_client", "The limit is reached.");
        OAuth(responses, 503, "The store is needed for this and did not answer.", "temporarily_unavailable", "The store did not answer. Try again.");
        return responses;
    }

    public static JsonObject Reference(int status, bool oauth) => new()
    {
        ["$ref"] = $"#/components/responses/{(oauth && OAuthStatuses.Contains(status) ? "OAuth" : "")}{Text(status)}",
    };

    private static void OAuth(JsonObject responses, int status, string when, string error, string description) =>
        responses[$"OAuth{Text(status)}"] = Response(when, "application/json", "OAuthError", status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private static JsonObject Response(string when, string media, string schema, int status, JsonObject example)
    {
        var headers = new JsonObject { ["X-Request-ID"] = Headers.Reference("X-Request-ID") };
        if (status is 429 or 503)
            headers["Retry-After"] = Headers.Reference("Retry-After");
        if (status == 401)
            headers["WWW-Authenticate"] = Headers.Reference("WWW-Authenticate");
        return new JsonObject
        {
            ["description"] = when,
            ["headers"] = headers,
            ["content"] = new JsonObject
            {
                [media] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" }, ["example"] = example },
            },
        };
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
