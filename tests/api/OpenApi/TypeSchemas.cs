using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tumbler.Api.Json;
using Tumbler.Contracts.Input;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>JSON schemas of the types that go in and out, from what the serialiser knows of them: a member can't be forgotten.</summary>
internal sealed class TypeSchemas
{
    private readonly SortedDictionary<string, JsonNode> made = new(StringComparer.Ordinal);
    private readonly Queue<(string Name, JsonTypeInfo Type, bool Request)> waiting = new();
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>By the name that <see cref="ApiJson"/> has for it.</summary>
    public static JsonTypeInfo Find(string name) =>
        (JsonTypeInfo)(typeof(ApiJson).GetProperty(name)?.GetValue(ApiJson.Default) ?? throw new InvalidOperationException($"ApiJson has no '{name}'."));

    public JsonObject Reference(string name, bool request)
    {
        Ask(name, Find(name), request);
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>All that were referred to, and what they refer to.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode>> All()
    {
        while (waiting.TryDequeue(out var next))
            made[next.Name] = Make(next.Type, next.Request);
        return made;
    }

    private void Ask(string name, JsonTypeInfo type, bool request)
    {
        if (asked.Add(name))
            waiting.Enqueue((name, type, request));
    }

    private JsonObject Make(JsonTypeInfo type, bool request)
    {
        var schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transform(context, node, request),
        }).AsObject();
        schema["type"] = "object";
        Complete(schema, type, request);
        return schema;
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node, bool request)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var nullable = type != context.TypeInfo.Type || context.PropertyInfo is { IsGetNullable: true };
        if (context.Path.IsEmpty)
            return node;
        if (type == typeof(JsonElement))
            return Text(nullable, new JsonObject { ["type"] = "object" });
        if (type == typeof(DateTimeOffset))
            return Text(nullable, new JsonObject { ["type"] = "string", ["format"] = "date-time" });
        if (type.IsEnum)
            return Text(nullable, new JsonObject { ["type"] = "string", ["enum"] = Choices(type, nullable) });
        if (type.GetInterfaces().Any(each => each.Name.StartsWith("IWireText", StringComparison.Ordinal)))
            return Text(nullable, new JsonObject { ["type"] = "string" });
        if (context.TypeInfo.Kind != JsonTypeInfoKind.Object || !type.Namespace!.StartsWith("Tumbler", StringComparison.Ordinal))
            return node;

        Ask(type.Name, context.TypeInfo, request);
        var reference = new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
        return nullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private static JsonObject Text(bool nullable, JsonObject schema)
    {
        if (nullable)
            schema["type"] = new JsonArray(schema["type"]!.GetValue<string>(), "null");
        return schema;
    }

    private static JsonArray Choices(Type type, bool nullable)
    {
        var names = new JsonArray();
        foreach (var value in Enum.GetValues(type))
            names.Add(JsonSerializer.SerializeToNode(value, ApiJson.Default.GetTypeInfo(type)!));
        if (nullable)
            names.Add(null);
        return names;
    }

    /// <summary>An answer has all members, also those that are null; a request those without a default, which are then not null.</summary>
    private static void Complete(JsonObject schema, JsonTypeInfo type, bool request)
    {
        var notes = TypeNotes.Of(type.Type);
        var required = new JsonArray();
        var written = schema["required"]?.AsArray().Select(each => each!.GetValue<string>()).ToHashSet() ?? [];
        foreach (var (name, node) in schema["properties"]?.AsObject().ToArray() ?? [])
        {
            var member = node as JsonObject ?? [];
            if (node is not JsonObject)
                schema["properties"]![name] = member;
            member.Remove("default");
            if (notes.Member(name) is { } note)
                member["description"] = note;
            if (request ? written.Contains(name) : !MayBeLeftOut(type.Type, name))
                required.Add(name);
            if (request && written.Contains(name) && member["type"] is JsonArray)
                member["type"] = member["type"]![0]!.GetValue<string>();
        }

        schema.Remove("required");
        if (required.Count > 0)
            schema["required"] = required;
        if (request)
            schema["additionalProperties"] = false; // Unknown members are refused.
        if (notes.Summary is { } summary)
            schema["description"] = summary;
    }

    private static bool MayBeLeftOut(Type type, string name) => type.GetProperties()
        .Single(property => Names.SnakeCase(property.Name) == name)
        .GetCustomAttribute<JsonIgnoreAttribute>() is not null;
}
