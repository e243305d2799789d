using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Tumbler.Client.Outbound;

/// <summary>What a token endpoint's answer says (RFC 6749 §5). Foreign bytes: nothing in them is believed by halves.</summary>
internal static class GrantReader
{
    private const int MaxToken = 16 * 1024;

    /// <summary>b64token of RFC 6750 §2.1: what may stand behind <c>Bearer</c>.</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <param name="secret">Never repeated, also when the server does.</param>
    public static Grant Read(HttpStatusCode status, ReadOnlyMemory<byte> body, string secret, TimeSpan? retryAfter)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind != JsonValueKind.Object ? NoAnswer(status, retryAfter)
                : status == HttpStatusCode.OK ? Read(document.RootElement)
                : Refused(document.RootElement, status, secret, retryAfter);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second one: a string that is not text.
            return NoAnswer(status, retryAfter);
        }
    }

    private static Grant Read(JsonElement answer)
    {
        if (Text(answer, "access_token") is not { Length: > 0 and <= MaxToken } token || token.AsSpan().ContainsAnyExcept(TokenCharacters))
            return new GrantFault("the answer has no access_token that could be sent");
        if (!string.Equals(Text(answer, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
            return new GrantFault("the answer's token_type is not Bearer");
        if (!answer.TryGetProperty("expires_in", out var expires) || expires.ValueKind == JsonValueKind.Null)
            return Grant.Of(token, null);

        // A number by the RFC; some servers write it as a string.
        var written = expires.ValueKind == JsonValueKind.String ? expires.GetString() : expires.GetRawText();
        return double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? Grant.Of(token, TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.SecondsPerDay)))
            : new GrantFault("the answer's expires_in is not a number above zero");
    }

    private static Grant Refused(JsonElement answer, HttpStatusCode status, string secret, TimeSpan? retryAfter)
    {
        if (Quotation.Of(Text(answer, "error"), secret) is not { } error)
            return NoAnswer(status, retryAfter);
        var description = Quotation.Of(Text(answer, "error_description"), secret);
        return new GrantFault(description is null ? error : $"{error} ({description})", error, status, retryAfter);
    }

    private static Grant NoAnswer(HttpStatusCode status, TimeSpan? retryAfter) => new GrantFault(
        (int)status is >= 300 and < 400 ? $"it answered {(int)status}, and redirects are not followed with a secret" : $"it answered {(int)status} without an OAuth answer",
        Error: null, status, retryAfter);

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
