namespace Tumbler.Stories.Tests.Clients;

public sealed record MigrationUse(string Client, string? Service, long Accepted, long Refused, int Addresses);
