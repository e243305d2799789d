namespace Tumbler.Cli.Servers;

/// <summary>The server's clock, which need not be ours: it may run on a faster one.</summary>
internal sealed record ServerTime(DateTimeOffset Time);
