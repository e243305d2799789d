using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>Whether a value is what a schema of the document says, as far as its schemas go. Stricter than JSON Schema in one thing:
/// a member that the schema does not name is wrong.</summary>
internal sealed class Conformity(JsonNode document)
{
    /// <summary>Where it is not, or null.</summary>
    public string? Fault(JsonNode schema, JsonNode? value, string at = "$")
    {
        if (schema["$ref"] is { } reference)
            return Fault(document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!, value, at);
        if (schema["anyOf"] is JsonArray any)
            return any.Select(each => Fault(each!, value, at)).Any(fault => fault is null) ? null : $"{at}: none of anyOf";
        if (schema["type"] is { } type && !Types(type).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
            return $"{at}: {TypeOf(value)} is not {type.ToJsonString()}";
        if (schema["enum"] is JsonArray choices && !choices.Any(each => JsonNode.DeepEquals(each, value)))
            return $"{at}: {value?.ToJsonString()} is none of {choices.ToJsonString()}";
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
            return $"{at}: {value?.ToJsonString()} is not {constant.ToJsonString()}";
        return value switch
        {
            JsonObject members when schema["properties"] is JsonObject known => Members(schema, known, members, at),
            JsonObject members when schema["additionalProperties"] is JsonObject each =>
                members.Select(member => Fault(each, member.Value, $"{at}.{member.Key}")).FirstOrDefault(fault => fault is not null),
            JsonArray items when schema["items"] is { } item =>
                items.Select((each, n) => Fault(item, each, $"{at}[{n}]")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private string? Members(JsonNode schema, JsonObject known, JsonObject members, string at)
    {
        var missing = schema["required"]?.AsArray().Select(each => each!.GetValue<string>()).FirstOrDefault(name => !members.ContainsKey(name));
        if (missing is not null)
            return $"{at}: {missing} is missing";
        foreach (var (name, value) in members)
        {
            if (known[name] is not { } member)
                return $"{at}: {name} is unknown";
            if (Fault(member, value, $"{at}.{name}") is { } fault)
                return fault;
        }

        return null;
    }

    private static string[] Types(JsonNode type) => type is JsonArray all ? [.. all.Select(each => each!.GetValue<string>())] : [type.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
        _ => "boolean",
    };
}
