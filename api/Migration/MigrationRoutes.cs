using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Migration;

namespace Tumbler.Api.Migration;

/// <summary>Who still uses shared keys, for administrators.</summary>
internal sealed class MigrationRoutes(IMigration migration)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/admin/migration", Receive.WithoutBody(Get));

    private async Task<Answer> Get(HttpContext http) => Answer.Ok(await migration.Get(), ApiJson.Default.MigrationView);
}
