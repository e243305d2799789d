namespace Tumbler.Contracts.ApiKeys;

/// <param name="Key">The key as the caller presented it.</param>
/// <param name="Scopes">Scopes it must all have, or null.</param>
/// <param name="Address">The address the caller presented it from, or null when not known.</param>
/// <param name="Audience">The service it was presented to, which it must have been granted; null for any. Says of a shared key as well
/// which phase of the migration counts.</param>
public sealed record VerifyApiKey(string? Key, IReadOnlyList<string>? Scopes = null, string? Address = null, string? Audience = null)
{
    public override string ToString() => "VerifyApiKey(****)";
}
