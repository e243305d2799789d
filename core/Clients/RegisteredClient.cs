using System.Collections.Immutable;
using System.Text.Json;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;

namespace Tumbler.Core.Clients;

/// <summary>A client as an organisation has registered it. <see cref="ClientRules"/> let no other in: its method says what of the rest
/// it has.</summary>
/// <param name="Audiences">The first one is the default.</param>
public sealed record RegisteredClient(
    ClientId Id,
    string Name,
    ClientAuthMethod Method,
    ImmutableArray<string> Scopes,
    ImmutableArray<string> Audiences,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Its public keys; or they are at <see cref="KeysUri"/>.</summary>
    public ClientKeySet? Keys { get; init; }

    public string? KeysUri { get; init; }

    /// <summary>The only one that its assertions may be signed by; null for any.</summary>
    public JwsAlgorithm? Algorithm { get; init; }

    /// <summary>How its certificate is known among those that the trusted authorities have signed.</summary>
    public CertificateName? CertificateName { get; init; }

    /// <summary>Its tokens are of use only together with the certificate that it has shown.</summary>
    public bool BoundTokens { get; init; }

    public bool ExpiredAt(DateTimeOffset now) => ExpiresAt <= now;

    public ClientView View() => new(
        Id,
        Name,
        Method,
        Keys is null ? null : JsonElement.Parse(Keys.Json),
        KeysUri,
        Algorithm,
        Named(CertificateNameKind.SubjectDn),
        Named(CertificateNameKind.SanDns),
        Named(CertificateNameKind.SanUri),
        Named(CertificateNameKind.SanIp),
        Named(CertificateNameKind.SanEmail),
        BoundTokens,
        Scopes,
        Audiences,
        CreatedAt,
        UpdatedAt,
        ExpiresAt);

    // Written out, because a record would compare the arrays by reference, and two equal clients would differ.
    public bool Equals(RegisteredClient? other) =>
        other is not null
        && (Id, Name, Method, CreatedAt, UpdatedAt, ExpiresAt) == (other.Id, other.Name, other.Method, other.CreatedAt, other.UpdatedAt, other.ExpiresAt)
        && (Keys, KeysUri, Algorithm, CertificateName, BoundTokens) == (other.Keys, other.KeysUri, other.Algorithm, other.CertificateName, other.BoundTokens)
        && Scopes.SequenceEqual(other.Scopes)
        && Audiences.SequenceEqual(other.Audiences);

    public override int GetHashCode() => Id.GetHashCode();

    private string? Named(CertificateNameKind kind) => CertificateName?.Kind == kind ? CertificateName.Value : null;
}
