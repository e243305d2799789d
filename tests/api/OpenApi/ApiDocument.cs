using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tumbler.Api.Json;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>Makes the OpenAPI document (3.1) of all routes.</summary>
internal static class ApiDocument
{
    // It is never put into HTML.
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Make()
    {
        var (shapes, types) = (Parts.Shapes(), new TypeSchemas());
        var (tags, paths) = (new JsonArray(), new SortedDictionary<string, JsonObject>(StringComparer.Ordinal));
        foreach (var tag in Parts.OfTags())
        {
            tags.Add(new JsonObject { ["name"] = tag["tag"]!.DeepClone(), ["description"] = tag["about"]!.DeepClone() });
            foreach (var (route, source) in tag["operations"]!.AsObject())
            {
                var operation = new Operation(route, source!.AsObject(), tag, types, shapes);
                if (!paths.TryGetValue(operation.Path, out var path))
                    paths[operation.Path] = path = [];
                foreach (var method in operation.Methods)
                    path[method] = operation.Make(method);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Tumbler",
                ["version"] = typeof(ApiJson).Assembly.GetName().Version!.ToString(3),
                ["description"] = "Owns the keys that sign JSON Web Tokens, rotates and publishes them, issues tokens and keeps API keys. JSON in `snake_case`, times RFC 3339 in UTC, durations ISO 8601. Unknown members are refused.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The server that this document came from." }),
            ["tags"] = tags,
            ["paths"] = new JsonObject(paths.Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key, each.Value))),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = Security.Schemes(),
                ["parameters"] = Parameters(),
                ["headers"] = Headers.Components(),
                ["responses"] = Errors.Responses(),
                ["schemas"] = Schemas(shapes, types),
            },
        }.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Parameters()
    {
        var parameters = Parts.Parameters();
        foreach (var (name, parameter) in parameters)
        {
            parameter!["name"] = name;
            if (parameter["in"]!.GetValue<string>() == "path")
                parameter["required"] = true;
        }

        return parameters;
    }

    private static JsonObject Schemas(JsonObject shapes, TypeSchemas types)
    {
        var all = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, schema) in types.All())
            all[name] = schema;
        foreach (var (name, schema) in shapes)
            all.Add(name, schema!.DeepClone());
        return new JsonObject(all);
    }
}
