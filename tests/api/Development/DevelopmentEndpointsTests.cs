using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Tumbler.Api.Development;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.Development;

public class DevelopmentEndpointsTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task An_endpoint_of_development_ends_a_start_that_is_none(string environment)
    {
        await using var edge = new TestEdge(environment, Register);
        var refused = await Assert.ThrowsAsync<DevelopmentEndpointException>(async () => await edge.InitializeAsync());
        Assert.Contains("/api/v1/test/tokens", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_development_it_is_there()
    {
        await using var edge = new TestEdge(Environments.Development, Register);
        await edge.InitializeAsync();
        using var answer = await edge.Send("GET", "/api/v1/test/tokens");
        Assert.Equal(204, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Without_one_production_starts()
    {
        await using var edge = new TestEdge(Environments.Production, _ => { });
        await edge.InitializeAsync();
    }

    private static void Register(WebApplication app) =>
        app.MapGet("/api/v1/test/tokens", (HttpContext http) => { http.Response.StatusCode = 204; }).OnlyInDevelopment();
}
