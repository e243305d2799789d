namespace Tumbler.Stories.Tests.Clients;

public sealed record ShownSettings(string Node, string Environment, IReadOnlyList<ShownSetting> Settings);
