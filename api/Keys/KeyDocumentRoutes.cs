using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Problems;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Keys;

/// <summary>The public documents: JWK Sets (RFC 7517 §5) and metadata (RFC 8414, OpenID Connect Discovery).</summary>
internal sealed class KeyDocumentRoutes(IPublishedKeys published)
{
    // RFC 8414 §3 and OpenID Connect Discovery §4 look for the same document under two names. For an issuer with a path
    // the first puts the well-known part before the path and the second after it; clients do either.
    private static readonly string[] DiscoveryPaths =
    [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration/rings/{ring}",
        "/.well-known/oauth-authorization-server/rings/{ring}",
        "/rings/{ring}/.well-known/openid-configuration",
        "/rings/{ring}/.well-known/oauth-authorization-server",
    ];

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/.well-known/jwks.json", Methods, Jwks);
        routes.MapMethods("/rings/{ring}/.well-known/jwks.json", Methods, Jwks);
        foreach (var path in DiscoveryPaths)
            routes.MapMethods(path, Methods, Discovery);
    }

    private Task Jwks(HttpContext http) => Send(http, documents => documents.Jwks);

    private Task Discovery(HttpContext http) => Send(http, documents => documents.Discovery);

    private Task Send(HttpContext http, Func<RingDocuments, PublishedDocument> choose)
    {
        if (!http.TryRing(out var ring))
            return Missing(http);
        var find = published.Get(ring);
        return find.IsCompletedSuccessfully ? Answer(find.Result) : Wait(find);

        async Task Wait(ValueTask<RingDocuments?> finding) => await Answer(await finding);

        Task Answer(RingDocuments? documents) =>
            documents is null ? Missing(http) : DocumentAnswer.Write(http, choose(documents));
    }

    private static Task Missing(HttpContext http) => http.WriteProblem(ProblemMap.Of(StatusCodes.Status404NotFound));
}
