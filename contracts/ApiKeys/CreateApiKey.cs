namespace Tumbler.Contracts.ApiKeys;

/// <param name="Name">1 to 100 characters.</param>
/// <param name="Scopes">What its tokens may carry at most (RFC 6749 §3.3 tokens).</param>
/// <param name="Audiences">Which resources it may ask tokens for (RFC 8707); the first one is the default.
/// With none, its tokens are for the issuer itself.</param>
/// <param name="ExpiresAt">RFC 3339 time in the future, or null for no end.</param>
/// <param name="AllowedAddresses">Addresses or CIDR blocks it may be used from; empty for anywhere.</param>
public sealed record CreateApiKey(
    string? Name,
    IReadOnlyList<string>? Scopes = null,
    IReadOnlyList<string>? Audiences = null,
    string? ExpiresAt = null,
    IReadOnlyList<string>? AllowedAddresses = null);
