namespace Tumbler.Contracts.ApiKeys;

/// <param name="Key">The key as the caller presented it.</param>
/// <param name="Scopes">Scopes it must all have, or null.</param>
/// <param name="Address">The address the caller presented it from, or null when not known.</param>
/// <param name="Audience">Of the service that asks, or null. Says which phase of the migration from shared keys is its own.</param>
public sealed record VerifyApiKey(string? Key, IReadOnlyList<string>? Scopes = null, string? Address = null, string? Audience = null)
{
    public override string ToString() => "VerifyApiKey(****)";
}
