using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Keys;

namespace Tumbler.Api.Keys;

/// <summary>Single private keys out and in, for owners.</summary>
internal sealed class TransferRoutes(IKeyTransfers transfers)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        const string keys = "/api/v1/admin/rings/{ring}/keys";
        routes.MapPost($"{keys}/{{kid}}/export", Receive.Json(ApiJson.Default.ExportKey, Export));
        routes.MapPost($"{keys}/import", Receive.Json(ApiJson.Default.ImportKey, Import));
    }

    private async Task<Answer> Export(HttpContext http, ExportKey request) =>
        Answer.Ok(await transfers.Export(http.Ring(), http.Kid(), request, http.Call()), ApiJson.Default.ExportedKey);

    private async Task<Answer> Import(HttpContext http, ImportKey request) => Answer.Created(
        await transfers.Import(http.Ring(), request, http.Call()), ApiJson.Default.KeyView, _ => $"/api/v1/admin/rings/{http.Ring()}/keys");
}
