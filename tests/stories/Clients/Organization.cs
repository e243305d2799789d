namespace Tumbler.Stories.Tests.Clients;

public sealed record Organization(string Slug);
