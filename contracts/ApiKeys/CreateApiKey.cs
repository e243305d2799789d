using System.Text.Json.Serialization;

namespace Tumbler.Contracts.ApiKeys;

/// <param name="Name">1 to 100 characters.</param>
/// <param name="Scopes">What its tokens may carry at most (RFC 6749 §3.3 tokens).</param>
/// <param name="Audiences">Which resources it may ask tokens for (RFC 8707); the first one is the default.
/// With none, its tokens are for the issuer itself.</param>
/// <param name="ExpiresAt">RFC 3339 time in the future, or null for no end.</param>
/// <param name="AllowedAddresses">Addresses or CIDR blocks it may be used from; empty for anywhere.</param>
/// <param name="RateLimit">How often it may be used, over all processes. Left out of the JSON when there is none, so that a request is repeated
/// as the same one by whoever knows nothing of it.</param>
public sealed record CreateApiKey(
    string? Name,
    IReadOnlyList<string>? Scopes = null,
    IReadOnlyList<string>? Audiences = null,
    string? ExpiresAt = null,
    IReadOnlyList<string>? AllowedAddresses = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RateLimit? RateLimit = null);
