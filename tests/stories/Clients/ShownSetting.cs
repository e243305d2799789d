namespace Tumbler.Stories.Tests.Clients;

public sealed record ShownSetting(string Name, string? Value, string Source, bool Secret);
