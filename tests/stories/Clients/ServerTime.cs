namespace Tumbler.Stories.Tests.Clients;

/// <summary>From <c>/health/live</c>: the server's clock, which need not be ours.</summary>
public sealed record ServerTime(DateTimeOffset Time);
