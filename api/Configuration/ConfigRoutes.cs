using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;

namespace Tumbler.Api.Configuration;

/// <summary>The settings of the process that answers, for administrators.</summary>
internal sealed class ConfigRoutes(ApiOptions options)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/admin/config", Receive.WithoutBody(Get));

    private Task<Answer> Get(HttpContext http) => Task.FromResult(Answer.Of(StatusCodes.Status200OK, options.Settings.Current, ApiJson.Default.ConfigView));
}
