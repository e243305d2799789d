using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tumbler.Api.Requests;

internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>Whether the body is of this type, in UTF-8 as far as it says, and not compressed.</summary>
    public static bool HasBodyOf(this HttpRequest request, string mediaType)
    {
        if (request.Headers.ContentEncoding.Count > 0)
            return false;
        var given = request.ContentType;
        return mediaType.Equals(given, StringComparison.OrdinalIgnoreCase)
            || (MediaTypeHeaderValue.TryParse(given, out var parsed)
                && parsed.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
                && (!parsed.Charset.HasValue || HeaderUtilities.RemoveQuotes(parsed.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
    }
}
