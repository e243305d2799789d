using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Keys;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.OpenApi;

/// <summary>What this API is, for programs: the document that <c>eng/openapi</c> has made. It is the same for everybody and holds
/// nothing of this installation.</summary>
internal static class OpenApiRoutes
{
    private const string Resource = "Tumbler.Api.OpenApi.v1.json";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private static readonly Lazy<PublishedDocument> Document = new(Read);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/openapi/v1.json", Methods, http => DocumentAnswer.Write(http, Document.Value));

    private static PublishedDocument Read()
    {
        using var stream = typeof(OpenApiRoutes).Assembly.GetManifestResourceStream(Resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return PublishedDocument.Of(bytes.ToArray());
    }
}
