using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Clients;

namespace Tumbler.Storage.Rows;

/// <param name="Keys">Its JWK Set, as text.</param>
internal sealed record ClientRow(
    ClientId Id,
    string Name,
    ClientAuthMethod Method,
    string? Keys,
    string? KeysUri,
    JwsAlgorithm? Algorithm,
    CertificateNameKind? CertificateNameKind,
    string? CertificateName,
    bool BoundTokens,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Audiences,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ExpiresAt)
{
    public static ClientRow Of(RegisteredClient client) => new(
        client.Id, client.Name, client.Method, client.Keys?.Json, client.KeysUri, client.Algorithm, client.CertificateName?.Kind,
        client.CertificateName?.Value, client.BoundTokens, client.Scopes, client.Audiences, client.CreatedAt, client.UpdatedAt, client.ExpiresAt);

    public RegisteredClient ToClient() => new(Id, Name, Method, [.. Scopes], [.. Audiences], CreatedAt, UpdatedAt, ExpiresAt)
    {
        Keys = Keys is null ? null : ClientKeySet.Parse(Keys),
        KeysUri = KeysUri,
        Algorithm = Algorithm,
        CertificateName = CertificateNameKind is { } kind ? new CertificateName(kind, CertificateName!) : null,
        BoundTokens = BoundTokens,
    };
}
