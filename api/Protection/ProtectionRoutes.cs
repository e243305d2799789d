using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Protection;

namespace Tumbler.Api.Protection;

/// <summary>The key-encryption certificates, for administrators.</summary>
internal sealed class ProtectionRoutes(IKeyProtection protection)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/admin/protection", Receive.WithoutBody(Status));
        routes.MapPost("/api/v1/admin/protection/rewrap", Receive.WithoutBody(Rewrap));
    }

    private async Task<Answer> Status(HttpContext http) => Answer.Ok(await protection.Status(), ApiJson.Default.ProtectionView);

    private async Task<Answer> Rewrap(HttpContext http) =>
        Answer.Ok(await protection.Rewrap(http.Call()), ApiJson.Default.RewrapAnswer);
}
