using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Api.Credentials;
using Tumbler.Api.Tests.Credentials;
using Tumbler.Api.Tests.Http;

namespace Tumbler.Api.Tests.OpenApi;

public sealed class ApiDocumentTests(TestEdge edge) : IClassFixture<TestEdge>
{
    private static readonly string Made = ApiDocument.Make();
    private static readonly JsonNode Document = JsonNode.Parse(Made)!;

    /// <summary>Set by <c>eng/openapi</c>: what is checked in becomes what is made.</summary>
    private static bool Writes => Environment.GetEnvironmentVariable("TUMBLER_OPENAPI_WRITE") == "1";

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select (path.Key, method.Key, method.Value);

    [Fact]
    public async Task The_document_that_is_checked_in_is_the_one_that_the_code_makes()
    {
        if (Writes)
            await File.WriteAllTextAsync(Parts.Document, Made, TestContext.Current.CancellationToken);
        Assert.True(Made == await File.ReadAllTextAsync(Parts.Document, TestContext.Current.CancellationToken), "api/OpenApi/v1.json is not what the code makes: eng/openapi");
    }

    [Fact]
    public async Task The_page_about_the_API_is_the_one_that_the_document_makes()
    {
        var page = ApiPage.Of(Made);
        if (Writes)
            await File.WriteAllTextAsync(Parts.Page, page, TestContext.Current.CancellationToken);
        Assert.True(page == await File.ReadAllTextAsync(Parts.Page, TestContext.Current.CancellationToken), "docs/api.md is not what the document makes: eng/openapi");
    }

    [Fact]
    public async Task It_is_served_to_anyone_and_not_again_to_who_has_it()
    {
        using var answer = await edge.Send("GET", "/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("3.1.0", (await TestEdge.Json(answer)).GetProperty("openapi").GetString());
        using var again = await edge.Send("GET", "/openapi/v1.json", json: null, ("If-None-Match", answer.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public void It_has_every_registered_route_with_its_methods_and_no_other()
    {
        var registered =
            from endpoint in edge.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            select $"{method} {endpoint.RoutePattern.RawText}";
        Assert.Equal(registered.Order(StringComparer.Ordinal), Operations.Select(each => $"{each.Method.ToUpperInvariant()} {each.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_credential_is_asked_for_where_the_table_of_rights_asks_for_one()
    {
        foreach (var (route, access) in RouteAccess.Table)
        {
            var operation = Document["paths"]![route.Split(' ')[1]]![route[0] == '*' ? "get" : route.Split(' ')[0].Split(',')[0].ToLowerInvariant()]!;
            var ways = operation["security"]!.AsArray();
            var open = ways.Count == 0 || ways.Any(way => way!.AsObject().Count == 0);
            Assert.True(open == access is Access.Anyone or Access.Client, $"{route}: {ways.ToJsonString()}");
            if (!open)
                Assert.True(operation["responses"]!["401"] is not null && operation["responses"]!["403"] is not null, route);
        }
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own_and_every_body_an_example()
    {
        Assert.Equal(Operations.Count(), Operations.Select(each => each.Operation["operationId"]!.GetValue<string>()).Distinct().Count());
        Assert.All(Operations, each => Assert.False(string.IsNullOrEmpty(each.Operation["summary"]!.GetValue<string>())));
        var without = from body in Bodies() where body.Content["example"] is null select body.Where;
        Assert.Equal(["get /api/v1/admin/audit-logs/exports/{id}/files/{file} 200"], without);
    }

    [Fact]
    public void Every_example_is_what_its_schema_says()
    {
        var conformity = new Conformity(Document);
        var faults =
            from body in Bodies()
            where body.Content["example"] is not null
            let fault = conformity.Fault(body.Content["schema"]!, body.Content["example"])
            where fault is not null
            select $"{body.Where}: {fault}";
        Assert.Empty(faults);
    }

    [Fact]
    public void What_a_schema_does_not_say_is_found()
    {
        var conformity = new Conformity(Document);
        var schema = new JsonObject { ["$ref"] = "#/components/schemas/OrganizationView" };
        var good = Document["paths"]!["/api/v1/organizations/{org}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!.AsObject();
        Assert.Null(conformity.Fault(schema, good));
        foreach (var (member, value) in (IEnumerable<(string, JsonNode?)>)[("status", "closed"), ("api_keys", "1"), ("name", null), ("colour", "red")])
        {
            var bad = good.DeepClone();
            bad[member] = value;
            Assert.NotNull(conformity.Fault(schema, bad));
        }
    }

    /// <summary>The engine behind this edge answers whatever it is told to: what comes back says how far the request came.</summary>
    [Fact]
    public async Task Every_example_of_a_request_is_read_by_its_route()
    {
        foreach (var (path, method, operation) in Operations)
        {
            if (operation["requestBody"]?["content"]?["application/json"] is not { } body)
                continue;
            var example = body["example"]!.ToJsonString();
            var route = RouteRequest.For($"{method.ToUpperInvariant()} {path}");
            using var answer = await edge.SendAsAdmin(route.Method, route.Path.Replace("{client}", "acme_client_0a1B2c3D4e5F6g7H8i9J", StringComparison.Ordinal), example);
            Assert.True((int)answer.StatusCode is not (400 or 415 or 500), $"{method} {path}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }
    }

    private static IEnumerable<(string Where, JsonNode Content)> Bodies()
    {
        foreach (var (path, method, operation) in Operations)
        {
            foreach (var (_, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
                yield return ($"{method} {path}", content!);
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                foreach (var (_, content) in response!["content"]?.AsObject() ?? [])
                    yield return ($"{method} {path} {status}", content!);
            }
        }

        foreach (var (name, response) in Document["components"]!["responses"]!.AsObject())
        {
            foreach (var (_, content) in response!["content"]!.AsObject())
                yield return (name, content!);
        }
    }
}
