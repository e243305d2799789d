namespace Tumbler.Stories.Tests.Clients;

public sealed record Actor(string Type, string Id);
