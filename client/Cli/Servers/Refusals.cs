using System.Net;
using System.Text.Json;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>From an answer that says no to what the user is told, and to the exit code.</summary>
internal static class Refusals
{
    /// <param name="server">Its address.</param>
    /// <param name="retryAfter">Seconds, if it said so.</param>
    public static Failure Of(string server, HttpStatusCode status, ReadOnlySpan<byte> body, double? retryAfter)
    {
        if (Read(body) is not { Message: { Length: > 0 } message } problem)
        {
            return new Failure(
                ExitCode.Unavailable, $"{server} answered {(int)status}, and not as Tumbler does.",
                "Check the address: something else may answer there, or a proxy in front of it.");
        }

        return status switch
        {
            HttpStatusCode.Unauthorized =>
                new(ExitCode.NotAllowed, message, $"`tumbler login --server {server}` takes another one."),
            HttpStatusCode.Forbidden =>
                new(ExitCode.NotAllowed, message, "Who may what: docs/http.md#rights."),
            HttpStatusCode.TooManyRequests => new(ExitCode.TryLater, message, Again(retryAfter)),
            HttpStatusCode.ServiceUnavailable => new(ExitCode.Unavailable, message, Again(retryAfter)),
            >= HttpStatusCode.InternalServerError => new(
                ExitCode.Defect, message, problem.ErrorId is { } id ? $"The server's log says more under {id}." : null),
            // A single broken rule is the message; several stand below each other.
            _ when problem.Fields is { Count: > 1 } fields => new(
                ExitCode.Refused, $"{fields.Count} rules are broken:", string.Join('\n', fields.Select(field => $"  {field.Message}"))),
            _ => new(ExitCode.Refused, message),
        };
    }

    private static Problem? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, CliJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Again(double? retryAfter) => retryAfter is { } seconds ? $"Try again in {Math.Max(1, Math.Ceiling(seconds)):F0} s." : "Try again.";
}
