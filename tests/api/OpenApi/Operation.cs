using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tumbler.Api.Credentials;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>One route: what is kept by hand of it, and what follows from the table of rights and from its type.</summary>
internal sealed partial class Operation(string route, JsonObject source, JsonObject tag, TypeSchemas types, JsonObject shapes)
{
    private static readonly string[] Limits = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];
    private static readonly string[] Identity = ["X-Auth-Subject", "X-Auth-Org", "X-Auth-Scopes", "X-Auth-Key-Id"];

    private readonly string[] methods = route.Split(' ')[0].Split(',');

    public string Path { get; } = route.Split(' ')[1];

    public Access Access { get; } = RouteAccess.Table[route];

    public string Summary => Text("summary")!;

    /// <summary>By their names in OpenAPI. A route that takes any stands there once.</summary>
    public IEnumerable<string> Methods => methods.Select(method => method == "*" ? "get" : method.ToLowerInvariant());

    private bool IsForm => source.ContainsKey("form");

    private bool IsGuarded => Access is not (Access.Anyone or Access.Client);

    private bool IsChange => IsGuarded && methods is not ["GET"] && source["idempotent"]?.GetValue<bool>() != false;

    private bool IsCached => source["cached"]?.GetValue<bool>() == true;

    public JsonObject Make(string method)
    {
        var operation = new JsonObject
        {
            ["operationId"] = method == "head" ? $"{Text("id")}Head" : Text("id"),
            ["tags"] = new JsonArray(tag["tag"]!.GetValue<string>()),
            ["summary"] = Summary,
        };
        if (Text("text") is { } text)
            operation["description"] = text;
        if (methods is ["*"])
            operation["x-any-method"] = true;
        operation["security"] = Security.Of(route, Access);
        if (Parameters().ToArray() is { Length: > 0 } parameters)
            operation["parameters"] = new JsonArray([.. parameters.Select(name => (JsonNode)new JsonObject { ["$ref"] = $"#/components/parameters/{name}" })]);
        if (Body() is { } body)
            operation["requestBody"] = body;
        operation["responses"] = Responses(withContent: method != "head");
        return operation;
    }

    private IEnumerable<string> Parameters() =>
    [
        .. PathParameter().Matches(Path).Select(match => match.Groups[1].Value),
        .. source["query"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [],
        .. IsChange ? ["Idempotency-Key"] : Array.Empty<string>(),
        .. IsCached ? ["If-None-Match"] : Array.Empty<string>(),
    ];

    private JsonObject? Body()
    {
        if (IsForm)
            return Body("application/x-www-form-urlencoded", Shape("form"), ShapeExample("form"), required: true);
        return Text("request") is { } type
            ? Body("application/json", types.Reference(type, request: true), source["example"]!.DeepClone(), source["optional"]?.GetValue<bool>() != true)
            : null;
    }

    private static JsonObject Body(string media, JsonObject schema, JsonNode? example, bool required) => new()
    {
        ["required"] = required,
        ["content"] = new JsonObject { [media] = new JsonObject { ["schema"] = schema, ["example"] = example } },
    };

    private JsonObject Responses(bool withContent)
    {
        var success = source["status"]?.GetValue<int>() ?? 200;
        var responses = new SortedDictionary<int, JsonNode> { [success] = Success(success, withContent) };
        if (source["also"]?.GetValue<int>() is { } also)
            responses[also] = Success(also, withContent);
        if (IsCached)
            responses[304] = new JsonObject { ["description"] = "It is still what the caller has.", ["headers"] = Headers.References(["X-Request-ID", "ETag"]) };
        foreach (var status in ErrorStatuses())
            responses.TryAdd(status, Errors.Reference(status, IsForm));
        return new JsonObject(responses.Select(each => KeyValuePair.Create<string, JsonNode?>(each.Key.ToString(CultureInfo.InvariantCulture), each.Value)));
    }

    private IEnumerable<int> ErrorStatuses()
    {
        int[] none = [];
        return
        [
            500,
            .. source["errors"]?.AsArray().Select(status => status!.GetValue<int>()) ?? none,
            .. IsForm ? [400, 401, 413, 429, 503] : none,
            .. Access == Access.Client ? [403] : none,
            .. IsGuarded ? [400, 401, 403, 429, 503] : none,
            .. source.ContainsKey("query") ? [400] : none,
            .. source.ContainsKey("request") ? [400, 408, 413, 415] : none,
            .. Path.Contains('{', StringComparison.Ordinal) ? [404] : none,
            .. IsChange ? [409, 422] : none,
        ];
    }

    private JsonObject Success(int status, bool withContent)
    {
        var response = new JsonObject
        {
            ["description"] = status switch { 201 => "Made.", 202 => "It is going to be done.", 503 => "Not ready.", _ => "As asked." },
            ["headers"] = Headers.References(
            [
                "X-Request-ID",
                .. status is 201 or 202 ? ["Location"] : Array.Empty<string>(),
                .. IsCached ? ["ETag", "Cache-Control"] : Array.Empty<string>(),
                .. IsGuarded ? Limits : [],
                .. IsChange ? ["Tumbler-Known-By", "Tumbler-Unconfirmed"] : Array.Empty<string>(),
                .. methods is ["*"] ? Identity : [],
            ]),
        };
        if (withContent && Content() is { } content)
            response["content"] = new JsonObject { [Text("media") ?? "application/json"] = content };
        return response;
    }

    private JsonObject? Content()
    {
        if (Text("type") is { } type)
            return new JsonObject { ["schema"] = types.Reference(type, request: false), ["example"] = AnswerExample(type) };
        if (Text("answer") is not { Length: > 0 })
            return null;
        var content = new JsonObject { ["schema"] = Shape("answer") };
        if (ShapeExample("answer") is { } example)
            content["example"] = example;
        return content;
    }

    private JsonNode AnswerExample(string type)
    {
        if (source["answerExample"] is { } own)
            return own.DeepClone();
        var example = tag["examples"]![Text("pageOf") ?? type]!.DeepClone();
        return source.ContainsKey("pageOf") ? new JsonObject { ["items"] = new JsonArray(example), ["next_cursor"] = null } : example;
    }

    private JsonObject Shape(string member) => new() { ["$ref"] = $"#/components/schemas/{Text(member)}" };

    private JsonNode? ShapeExample(string member) => shapes[Text(member)!]!["examples"]?[0]?.DeepClone();

    private string? Text(string member) => source[member]?.GetValue<string>();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
