using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tumbler.Api.Credentials;
using Tumbler.Api.Limits;

namespace Tumbler.Api.Problems;

/// <summary>Writes a problem to the caller and, under the same <c>error_id</c>, to the log.</summary>
internal static partial class ProblemAnswer
{
    /// <summary>Seconds. The store is asked again on every request, so there is no point in waiting long.</summary>
    public const string RetryAfter = "1";

    /// <param name="challenge">With 401; by default that of the route.</param>
    public static async Task WriteProblem(this HttpContext http, Problem problem, Exception? cause = null, string? challenge = null)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized && http.IsOneTooMany())
        {
            problem = ProblemMap.TooManyFailures;
            http.Response.Headers.WWWAuthenticate = default;
        }

        var errorId = ErrorId.New();
        Log(http, problem, errorId, cause);

        var response = http.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
            response.Headers.WWWAuthenticate = challenge ?? Challenge(http);
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = RetryAfter;

        using var json = new Utf8JsonWriter(response.BodyWriter);
        Write(json, problem, errorId);
        response.ContentType = "application/problem+json";
        response.ContentLength = json.BytesCommitted;
        await response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static string Challenge(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() is { Access: Access.AdminInBrowser } ? PasswordOfBrowser.Challenge : Challenges.ApiKey;

    private static void Write(Utf8JsonWriter json, Problem problem, string errorId)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:tumbler:problem:{problem.Error}");
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.Message);
        json.WriteString("error", problem.Error);
        json.WriteString("message", problem.Message);
        json.WriteString("error_id", errorId);
        if (problem.Fields.Count > 0)
        {
            json.WriteStartArray("fields");
            foreach (var field in problem.Fields)
            {
                json.WriteStartObject();
                json.WriteString("field", field.Field);
                json.WriteString("rule", field.Rule);
                json.WriteString("message", field.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void Log(HttpContext http, Problem problem, string errorId, Exception? cause)
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Tumbler.Api.Problems");
        // The route's pattern, not the path: a path holds whatever the caller typed.
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
        if (problem == ProblemMap.TooManyFailures)
            Flooded(log, errorId, problem.Status, http.Request.Method, route);
        else if (problem.Status >= StatusCodes.Status500InternalServerError)
            Broken(log, errorId, problem.Status, http.Request.Method, route, problem.Message, cause);
        else
            Refused(log, errorId, problem.Status, http.Request.Method, route, problem.Error, problem.Message);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{ErrorId} {Status} {Method} {Route}: {Error}: {Detail}")]
    private static partial void Refused(
        ILogger log, string errorId, int status, string method, string route, string error, string detail);

    /// <summary>Whoever floods us must not write our log: the security events count it.</summary>
    [LoggerMessage(Level = LogLevel.Debug, Message = "{ErrorId} {Status} {Method} {Route}: too many failures from one address")]
    private static partial void Flooded(ILogger log, string errorId, int status, string method, string route);

    [LoggerMessage(Level = LogLevel.Error, Message = "{ErrorId} {Status} {Method} {Route}: {Detail}")]
    private static partial void Broken(
        ILogger log, string errorId, int status, string method, string route, string detail, Exception? cause);
}
