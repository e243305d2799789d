namespace Tumbler.Contracts.ApiKeys;

/// <summary>A new API key: the only answer that ever shows <paramref name="Key"/>.</summary>
public sealed record IssuedApiKey(
    ApiKeyId Id,
    string Key,
    string Name,
    string Fingerprint,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Audiences,
    IReadOnlyList<string> AllowedAddresses,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    RateLimit? RateLimit = null)
{
    public override string ToString() => $"IssuedApiKey({Id})";
}
