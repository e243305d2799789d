using System.Text.Json.Serialization;

namespace Tumbler.Contracts.ApiKeys;

/// <summary>Changes what is given and keeps the rest; the rules are those of <see cref="CreateApiKey"/>.</summary>
public sealed record ChangeApiKey(
    string? Name = null,
    IReadOnlyList<string>? Scopes = null,
    IReadOnlyList<string>? Audiences = null,
    string? ExpiresAt = null,
    IReadOnlyList<string>? AllowedAddresses = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RateLimit? RateLimit = null);
