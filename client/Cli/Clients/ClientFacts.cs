using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Clients;

namespace Tumbler.Cli.Clients;

/// <summary>A registered client, whole.</summary>
internal static class ClientFacts
{
    public static void Draw(Terminal terminal, ClientView client) => terminal.Facts(
        ("client id", client.ClientId.ToString()),
        ("name", client.ClientName),
        ("method", Cell.Of(client.TokenEndpointAuthMethod)),
        ("keys", client.JwksUri ?? (client.Jwks is { } jwks ? KeysIn(jwks) : null)),
        ("algorithm", client.TokenEndpointAuthSigningAlg?.ToString()),
        ("certificate", SubjectOf(client)),
        ("bound tokens", client.TlsClientCertificateBoundAccessTokens ? "yes" : "no"),
        ("scopes", Cell.Of(client.Scopes)),
        ("audiences", Cell.Of(client.Audiences)),
        ("created at", client.CreatedAt),
        ("updated at", client.UpdatedAt),
        ("expires at", client.ExpiresAt));

    /// <summary>The name that its certificate must have, if it has to have one.</summary>
    private static string? SubjectOf(ClientView client) =>
        client.TlsClientAuthSubjectDn ?? client.TlsClientAuthSanDns ?? client.TlsClientAuthSanUri ?? client.TlsClientAuthSanIp ?? client.TlsClientAuthSanEmail;

    private static string KeysIn(System.Text.Json.JsonElement jwks) =>
        jwks.TryGetProperty("keys", out var keys) ? $"{keys.GetArrayLength()} registered" : "none";
}
