using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Clients;

internal sealed class ClientRoutes(IClients clients)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        const string all = "/api/v1/organizations/{org}/clients";
        const string one = $"{all}/{{client}}";

        routes.MapGet(all, Receive.Page(List));
        routes.MapPost(all, Receive.Json(ApiJson.Default.PutClient, Create));
        routes.MapGet(one, Receive.WithoutBody(Get));
        routes.MapPut(one, Receive.Json(ApiJson.Default.PutClient, Replace));
        routes.MapDelete(one, Receive.WithoutBody(Delete));
    }

    private async Task<Answer> List(HttpContext http, PageRequest page) =>
        Answer.Ok(await clients.List(http.Org(), page), ApiJson.Default.ClientPage);

    private async Task<Answer> Create(HttpContext http, PutClient request) => Answer.Created(
        await clients.Create(http.Org(), request, http.Call()),
        ApiJson.Default.ClientView,
        created => $"/api/v1/organizations/{created.ClientId.Org}/clients/{created.ClientId}");

    private async Task<Answer> Get(HttpContext http) => Answer.Ok(await clients.Get(http.Org(), http.ClientId()), ApiJson.Default.ClientView);

    private async Task<Answer> Replace(HttpContext http, PutClient request) => Answer.Ok(
        await clients.Replace(http.Org(), http.ClientId(), request, http.Call()), ApiJson.Default.ClientView);

    private async Task<Answer> Delete(HttpContext http) => Answer.Ok(
        await clients.Delete(http.Org(), http.ClientId(), http.Call()), ApiJson.Default.ClientView);
}
