using System.Text.Json.Nodes;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>What answers have beside their bodies.</summary>
internal static class Headers
{
    private static readonly (string Name, string Type, string Note)[] All =
    [
        ("X-Request-ID", "string", "The request's own, when it has the right form, else a new one."),
        ("Location", "string", "Where it is now."),
        ("ETag", "string", "For `If-None-Match`."),
        ("Cache-Control", "string", "How long it may be kept."),
        ("Retry-After", "integer", "Seconds."),
        ("WWW-Authenticate", "string", "What credential would do, and why this one does not."),
        ("X-RateLimit-Limit", "integer", "How many requests the window has."),
        ("X-RateLimit-Remaining", "integer", "How many are left, as far as this process knows."),
        ("X-RateLimit-Reset", "integer", "Seconds until the window is over."),
        ("Tumbler-Known-By", "string", "In a cluster: by when every silo serves the change."),
        ("Tumbler-Unconfirmed", "string", "In a cluster: which silos did not confirm it within a second."),
        ("X-Auth-Subject", "string", "Who called."),
        ("X-Auth-Org", "string", "Whose it is."),
        ("X-Auth-Scopes", "string", "What it may do, with spaces between."),
        ("X-Auth-Key-Id", "string", "The API key's id."),
    ];

    public static JsonObject Components() => new(All.Select(header => KeyValuePair.Create<string, JsonNode?>(
        header.Name,
        new JsonObject { ["description"] = header.Note, ["schema"] = new JsonObject { ["type"] = header.Type } })));

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/headers/{name}" };

    public static JsonObject References(IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Reference(name))));
}
