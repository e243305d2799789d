using System.Text.Json;
using Tumbler.Contracts.Keys;

namespace Tumbler.Contracts.Clients;

/// <summary>A registered client. Nothing of it is secret.</summary>
public sealed record ClientView(
    ClientId ClientId,
    string ClientName,
    ClientAuthMethod TokenEndpointAuthMethod,
    JsonElement? Jwks,
    string? JwksUri,
    JwsAlgorithm? TokenEndpointAuthSigningAlg,
    string? TlsClientAuthSubjectDn,
    string? TlsClientAuthSanDns,
    string? TlsClientAuthSanUri,
    string? TlsClientAuthSanIp,
    string? TlsClientAuthSanEmail,
    bool TlsClientCertificateBoundAccessTokens,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Audiences,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ExpiresAt);
