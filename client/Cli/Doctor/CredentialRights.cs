using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Tumbler.Cli.Doctor;

/// <summary>What a credential says of itself. Trying out what it may do would stand in the audit log as an attempt.</summary>
internal static class CredentialRights
{
    private static readonly (string Scope, string Role)[] Roles =
        [("tumbler:owner", "an owner"), ("tumbler:operator", "an operator"), ("tumbler:auditor", "an auditor")];

    /// <param name="headers">Of a request that carries it.</param>
    public static string Of(HttpRequestHeaders headers) =>
        headers.Contains("X-Admin-Key") ? "an owner"
        : headers.Authorization is { Parameter: { } token } && Scopes(token) is { } scopes
            ? Roles.FirstOrDefault(role => scopes.Contains(role.Scope)).Role ?? "an organisation"
        : "an organisation";

    /// <summary>Null for what is no JWT; the server judges whether it is a good one.</summary>
    private static string[]? Scopes(string token)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.') is [_, var payload, _] ? payload : ""));
            return claims.RootElement.TryGetProperty("scope", out var scope) ? scope.GetString()?.Split(' ') : [];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
