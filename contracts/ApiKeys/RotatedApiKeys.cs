namespace Tumbler.Contracts.ApiKeys;

/// <param name="Key">The new key, shown this once.</param>
/// <param name="Revoked">The keys it replaces.</param>
/// <param name="EffectiveAt">When they stop being accepted everywhere.</param>
public sealed record RotatedApiKeys(ApiKeyId Id, string Key, IReadOnlyList<ReplacedApiKey> Revoked, DateTimeOffset EffectiveAt)
{
    public override string ToString() => $"RotatedApiKeys({Id})";
}
