using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tumbler.Api.Credentials;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>Makes the page <c>docs/api.md</c> of the document, for people.</summary>
internal static class ApiPage
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string document)
    {
        var json = JsonNode.Parse(document)!;
        var page = new StringBuilder(
            """
            # The API, route by route

            Made by `eng/openapi` from the document that a server answers at `/openapi/v1.json`; don't change it by hand. What holds for
            all routes is in [http.md](http.md): credentials, repeating a change, limits, errors.

            """);
        foreach (var tag in json["tags"]!.AsArray())
        {
            var name = tag!["name"]!.GetValue<string>();
            Line(page, $"\n## {name}\n\n{tag["description"]}");
            foreach (var (path, methods) in json["paths"]!.AsObject())
            {
                foreach (var (method, operation) in methods!.AsObject())
                {
                    if (method != "head" && operation!["tags"]![0]!.GetValue<string>() == name)
                        Write(page, json, path, methods.AsObject(), method, operation);
                }
            }
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, JsonNode json, string path, JsonObject methods, string method, JsonNode operation)
    {
        var any = operation["x-any-method"] is not null;
        var shown = any ? "any method" : methods.ContainsKey("head") && method == "get" ? "GET, HEAD" : method.ToUpperInvariant();
        var route = any ? $"* {path}" : $"{(shown == "GET, HEAD" ? "GET,HEAD" : shown)} {path}";
        Line(page, $"\n### {shown} `{path}`\n\n{operation["summary"]}. For {Security.InWords(RouteAccess.Table[route])}.");
        if (operation["description"] is { } text)
            Line(page, $"\n{text}");
        WriteParameters(page, json, operation);
        if (operation["requestBody"] is { } body)
            WriteContent(page, "Request" + (body["required"]!.GetValue<bool>() ? "" : ", which may be left out"), body);
        foreach (var (status, response) in operation["responses"]!.AsObject())
        {
            if (status[0] == '2')
                WriteContent(page, $"Answer {status}", response!);
        }

        var errors = operation["responses"]!.AsObject().Where(each => each.Key[0] is '4' or '5').Select(each => each.Key);
        Line(page, $"\nErrors: {string.Join(", ", errors)}.");
    }

    private static void WriteParameters(StringBuilder page, JsonNode json, JsonNode operation)
    {
        var names = (operation["parameters"]?.AsArray() ?? []).Select(each => each!["$ref"]!.GetValue<string>().Split('/')[^1]).ToArray();
        if (names.Length == 0)
            return;
        Line(page, "\n| parameter | in | |\n| --- | --- | --- |");
        foreach (var name in names)
        {
            var parameter = json["components"]!["parameters"]![name]!;
            Line(page, $"| `{name}` | {parameter["in"]} | {parameter["description"]} |");
        }
    }

    private static void WriteContent(StringBuilder page, string title, JsonNode holder)
    {
        if (holder["content"]?.AsObject() is not { } content)
        {
            Line(page, $"\n{title}, without a body.");
            return;
        }

        var (media, what) = content.Single();
        var schema = what!["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1];
        Line(page, $"\n{title}, `{media}` ({schema}):");
        if (what["example"] is not { } example)
            return;
        var shown = example is JsonValue text ? text.GetValue<string>().TrimEnd() : example.ToJsonString(Layout);
        Line(page, $"\n```{(example is JsonValue ? "" : "json")}\n{shown}\n```");
    }

    private static void Line(StringBuilder page, string text) => page.Append(CultureInfo.InvariantCulture, $"{text}\n");
}
