using Microsoft.AspNetCore.Http;
using Tumbler.Api.Requests;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Keys;

/// <summary>Sends a public document, or says that the caller has it already.</summary>
internal static class DocumentAnswer
{
    // Far shorter than the lead with which keys are published (K4): a cache is never the reason for an unknown key.
    private const string CacheFor = "public, max-age=300";

    // RFC 7517 §8.5.2 also registers application/jwk-set+json, which not every client takes.
    public static Task Write(HttpContext http, PublishedDocument document, string mediaType = MediaTypes.Json, string cacheFor = CacheFor)
    {
        var (request, response) = (http.Request, http.Response);
        var compressed = AcceptEncoding.AllowsGzip(request.Headers.AcceptEncoding);

        response.Headers.ETag = compressed ? document.GzipETag : document.ETag;
        response.Headers.CacheControl = cacheFor;
        response.Headers.Vary = "Accept-Encoding";
        if (IfNoneMatch.Holds(request.Headers.IfNoneMatch, document))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var body = compressed ? document.Gzip : document.Plain;
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        if (compressed)
            response.Headers.ContentEncoding = "gzip";
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body).AsTask();
    }
}
