namespace Tumbler.Stories.Tests.Clients;

public sealed record NewApiKey(string Id, string Key);
