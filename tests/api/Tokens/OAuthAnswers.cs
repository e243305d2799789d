using Tumbler.Api.Tests.Headers;

namespace Tumbler.Api.Tests.Tokens;

/// <summary>Whole answers of the OAuth endpoints, to compare with what came.</summary>
internal static class OAuthAnswers
{
    public const string NoStore = "Cache-Control: no-store\r\nPragma: no-cache\r\n";

    public static string Error(int status, string phrase, string error, string description, string extra = "") =>
        Answer($"{status} {phrase}", $$"""{"error":"{{error}}","error_description":"{{description}}"}""", extra);

    public static string Answer(string status, string body, string extra = "") =>
        Sorted($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + $"{NoStore}{extra}{ResponseStampTests.Lines}X-Request-ID: t\r\n\r\n{body}");

    /// <summary>The answer with its headers in an order of ours and without the date.</summary>
    public static string Sorted(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = answer[..end].Split("\r\n");
        var headers = lines.Skip(1).Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return string.Join("\r\n", headers.Prepend(lines[0])) + answer[end..];
    }
}
