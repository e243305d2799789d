using System.Text.Json.Nodes;
using Tumbler.Api.Credentials;

namespace Tumbler.Api.Tests.OpenApi;

/// <summary>Who may use a route, in the document's words and in a person's.</summary>
internal static class Security
{
    public static JsonObject Schemes() => new()
    {
        ["adminKey"] = Key("X-Admin-Key", "The admin key, an owner's."),
        ["apiKey"] = Key("X-API-Key", "An organisation's API key."),
        ["bearer"] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["bearerFormat"] = "JWT",
            ["description"] = "An access token of the default ring for this server. The roles named are scopes, the least that is enough.",
        },
        ["clientSecret"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic", ["description"] = "An API key's id and the key (RFC 6749 §2.3.1)." },
        ["metricsToken"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "`Telemetry:MetricsToken`." },
    };

    public static JsonArray Of(string route, Access access) => access switch
    {
        Access.Anyone when route.Contains("/oauth2/", StringComparison.Ordinal) => [One("clientSecret"), new JsonObject()],
        Access.Anyone when route.EndsWith("/metrics", StringComparison.Ordinal) => [One("metricsToken"), One("adminKey"), new JsonObject()],
        Access.Anyone when route.EndsWith("/forward-auth", StringComparison.Ordinal) => [One("bearer"), One("apiKey"), new JsonObject()],
        Access.Anyone => [],
        Access.Client => [One("clientSecret"), new JsonObject(), One("adminKey"), One("bearer", access.Scope())],
        Access.AdminReadOrOwnOrg => [One("adminKey"), One("bearer"), One("apiKey")],
        Access.AdminOrOwnKey => [One("adminKey"), One("bearer", access.Scope()), One("apiKey")],
        _ => [One("adminKey"), One("bearer", access.Scope())],
    };

    public static string InWords(Access access) => access switch
    {
        Access.Anyone => "anyone",
        Access.Client => "clients, operators, owners",
        Access.AdminRead => "auditors, operators, owners",
        Access.AdminReadOrOwnOrg => "auditors, operators, owners, the organisation itself",
        Access.AdminOrOwnKey => "operators, owners, the organisation itself with a key",
        Access.Audit => "auditors, owners",
        Access.Owner => "owners",
        _ => "operators, owners",
    };

    private static JsonObject Key(string header, string note) => new() { ["type"] = "apiKey", ["in"] = "header", ["name"] = header, ["description"] = note };

    private static JsonObject One(string scheme, params string[] roles) =>
        new() { [scheme] = new JsonArray([.. roles.Select(role => (JsonNode)role)]) };
}
