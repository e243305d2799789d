using System.Text.Json;

namespace Tumbler.Contracts.Clients;

/// <summary>What is registered of a client, whole; members are named as in RFC 7591 §2 and RFC 8705 §2.1.2.</summary>
/// <param name="ClientName">1 to 100 characters.</param>
/// <param name="TokenEndpointAuthMethod">One of <see cref="ClientAuthMethod"/>.</param>
/// <param name="Jwks">A JWK Set of public keys; this or <paramref name="JwksUri"/>, unless it is <c>tls_client_auth</c>.</param>
/// <param name="JwksUri">An https URL where such a set is found.</param>
/// <param name="TokenEndpointAuthSigningAlg">The one algorithm of its assertions; any of the nine without.</param>
/// <param name="TlsClientAuthSubjectDn">RFC 4514 text of the certificate's subject. Of this and the next four exactly one, and only for
/// <c>tls_client_auth</c>.</param>
/// <param name="TlsClientCertificateBoundAccessTokens">Whether its tokens are of use only together with its certificate (RFC 8705 §3).</param>
/// <param name="Scopes">What its tokens may carry at most.</param>
/// <param name="Audiences">Which resources it may ask tokens for; the first one is the default.</param>
/// <param name="ExpiresAt">RFC 3339 time in the future, or null for no end.</param>
public sealed record PutClient(
    string? ClientName,
    string? TokenEndpointAuthMethod,
    JsonElement? Jwks = null,
    string? JwksUri = null,
    string? TokenEndpointAuthSigningAlg = null,
    string? TlsClientAuthSubjectDn = null,
    string? TlsClientAuthSanDns = null,
    string? TlsClientAuthSanUri = null,
    string? TlsClientAuthSanIp = null,
    string? TlsClientAuthSanEmail = null,
    bool? TlsClientCertificateBoundAccessTokens = null,
    IReadOnlyList<string>? Scopes = null,
    IReadOnlyList<string>? Audiences = null,
    string? ExpiresAt = null);
