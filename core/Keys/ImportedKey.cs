namespace Tumbler.Core.Keys;

/// <summary>A key from elsewhere: proved, and its private half protected.</summary>
/// <param name="Signs">From now on, instead of only verifying.</param>
/// <param name="ExpiresAt">When it leaves the JWKS; null for a signing key's usual time.</param>
public sealed record ImportedKey(KeyMaterial Material, bool Signs, DateTimeOffset? ExpiresAt);
