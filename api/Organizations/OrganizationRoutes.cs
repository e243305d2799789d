using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Organizations;

internal sealed class OrganizationRoutes(IOrganizations organizations)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        const string all = "/api/v1/organizations";
        const string one = $"{all}/{{org}}";

        routes.MapGet(all, Receive.Page(List));
        routes.MapPost(all, Receive.Json(ApiJson.Default.CreateOrganization, Create));
        routes.MapGet(one, Receive.WithoutBody(Get));
        routes.MapPut(one, Receive.Json(ApiJson.Default.UpdateOrganization, Update));
        routes.MapDelete(one, Receive.WithoutBody(Delete));
    }

    private async Task<Answer> List(HttpContext http, PageRequest page) =>
        Answer.Ok(await organizations.List(page), ApiJson.Default.OrganizationPage);

    private async Task<Answer> Create(HttpContext http, CreateOrganization request) => Answer.Created(
        await organizations.Create(request, http.Call()),
        ApiJson.Default.OrganizationView,
        created => $"/api/v1/organizations/{created.Slug}");

    private async Task<Answer> Get(HttpContext http) =>
        Answer.Ok(await organizations.Get(http.Org()), ApiJson.Default.OrganizationView);

    private async Task<Answer> Update(HttpContext http, UpdateOrganization request) =>
        Answer.Ok(await organizations.Update(http.Org(), request, http.Call()), ApiJson.Default.OrganizationView);

    private async Task<Answer> Delete(HttpContext http) =>
        Answer.Ok(await organizations.Delete(http.Org(), http.Call()), ApiJson.Default.OrganizationView);
}
