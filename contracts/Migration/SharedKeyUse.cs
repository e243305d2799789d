namespace Tumbler.Contracts.Migration;

/// <param name="Client">Whose shared key it is.</param>
/// <param name="Service">The service it was presented to; null for one that is not named, or not in the configuration.</param>
/// <param name="Addresses">From about how many addresses.</param>
public sealed record SharedKeyUse(string Client, string? Service, long Accepted, long Refused, DateTimeOffset LastUsedAt, int Addresses);
