namespace Tumbler.Contracts.Migration;

/// <summary>What one node has counted for one client and service.</summary>
/// <param name="Addresses">A sketch of the addresses in base64, which several nodes' can be made one of.</param>
public sealed record SharedKeyCount(string Client, string? Service, long Accepted, long Refused, DateTimeOffset LastUsedAt, string Addresses);
