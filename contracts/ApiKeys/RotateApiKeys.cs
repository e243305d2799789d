namespace Tumbler.Contracts.ApiKeys;

/// <summary>Replaces an organisation's keys by one new key with the rights of the key that is replaced.</summary>
/// <param name="Overlap">How long the old keys stay accepted, an ISO 8601 duration of at most 7 days; default not at all.</param>
public sealed record RotateApiKeys(string? Overlap = null);
