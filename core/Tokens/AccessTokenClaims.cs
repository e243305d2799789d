namespace Tumbler.Core.Tokens;

/// <summary>The claims of an access token (RFC 9068 §2.2, and <c>org</c>). All are there in every token of ours, except
/// that one without scopes has no <c>scope</c>.</summary>
/// <param name="Audiences">At least one.</param>
/// <param name="Scope">Space-separated; empty for none.</param>
/// <param name="Organization">The slug of the client's organisation: <c>org</c>.</param>
/// <param name="TokenId">Never given out twice: <c>jti</c>.</param>
/// <param name="IssuedAt">As the other two instants, written in whole seconds.</param>
public sealed record AccessTokenClaims(
    string Issuer,
    string Subject,
    IReadOnlyList<string> Audiences,
    string ClientId,
    string Scope,
    string Organization,
    string TokenId,
    DateTimeOffset IssuedAt,
    DateTimeOffset NotBefore,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Of the certificate without which the token is of no use, <c>cnf</c>: <c>x5t#S256</c> (RFC 8705 §3.1); null for none.</summary>
    public string? CertificateThumbprint { get; init; }
}
