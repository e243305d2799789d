using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Keys;

internal static class IfNoneMatch
{
    public static bool Holds(StringValues header, string etag) =>
        header.Count > 0 && EntityTagHeaderValue.TryParseList(header, out var tags) && tags.Any(tag => tag.Tag == "*" || tag.Tag == etag);

    /// <summary>RFC 9110 §13.1.2: weak comparison, any of a list, or anything at all. Either form of the document counts:
    /// who holds one of them knows what the other says.</summary>
    public static bool Holds(StringValues header, PublishedDocument document)
    {
        if (header.Count == 0)
            return false;
        if (header is [{ } one] && (one == document.ETag || one == document.GzipETag))
            return true;
        return EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(tag => tag.Tag == "*" || tag.Tag == document.ETag || tag.Tag == document.GzipETag);
    }
}
