using System.Text.Json.Nodes;

namespace Tumbler.Client.Tests.Issuers;

/// <summary>Tokens as RFC 9068 wants them, and with one thing wrong.</summary>
internal static class TestClaims
{
    public const string Audience = "https://orders.example";

    public static JsonObject Of(string issuer, DateTimeOffset now, string scope = "orders:read") => new()
    {
        ["iss"] = issuer,
        ["sub"] = "77e1c0de-0000-4000-8000-000000000001",
        ["client_id"] = "77e1c0de-0000-4000-8000-000000000001",
        ["aud"] = Audience,
        ["org"] = "acme",
        ["scope"] = scope,
        ["jti"] = Guid.NewGuid().ToString(),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 300,
    };

    public static JsonObject With(this JsonObject claims, string name, JsonNode? value)
    {
        if (value is null)
            claims.Remove(name);
        else
            claims[name] = value;
        return claims;
    }
}
