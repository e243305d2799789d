using System.Text.Json.Serialization;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Storage.Rows;

/// <param name="Hash">64 lower-case hex digits.</param>
/// <param name="RateLimit">Not written when there is none: then a version that does not know it reads the row.</param>
internal sealed record ApiKeyRow(
    ApiKeyId Id,
    string Name,
    string Hash,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Audiences,
    IReadOnlyList<string> AllowedAddresses,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    bool Revoked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RateLimitRow? RateLimit = null)
{
    public static ApiKeyRow Of(ApiKey key) => new(
        key.Id, key.Name, key.Hash.ToHex(), key.Scopes, key.Audiences, key.AllowedAddresses, key.CreatedAt, key.ExpiresAt,
        key.RevokedAt, key.Revoked, RateLimitRow.Of(key.RateLimit));

    public ApiKey ToKey() => new(
        Id, Name, ApiKeyHash.Parse(Hash), [.. Scopes], [.. Audiences], [.. AllowedAddresses], CreatedAt, ExpiresAt, RevokedAt,
        Revoked, RateLimit?.ToRule());
}
