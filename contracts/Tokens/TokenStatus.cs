namespace Tumbler.Contracts.Tokens;

/// <summary>What a good token says (RFC 7662 §2.2).</summary>
/// <param name="Scope">Space-separated; empty for none.</param>
public sealed record TokenStatus(
    string Scope,
    string ClientId,
    string Subject,
    IReadOnlyList<string> Audiences,
    string Issuer,
    DateTimeOffset ExpiresAt,
    DateTimeOffset IssuedAt,
    DateTimeOffset NotBefore,
    string TokenId,
    string Organization)
{
    /// <summary>Of the certificate without which it is of no use (RFC 8705 §3.2), or null.</summary>
    public string? CertificateThumbprint { get; init; }
}
