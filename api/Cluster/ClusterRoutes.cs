using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Cluster;

namespace Tumbler.Api.Cluster;

internal sealed class ClusterRoutes(ICluster cluster)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/admin/cluster", Receive.WithoutBody(Get));

    private async Task<Answer> Get(HttpContext http) => Answer.Ok(await cluster.Get(), ApiJson.Default.ClusterView);
}
