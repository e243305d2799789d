namespace Tumbler.Cli.Servers;

internal sealed record Connection(Uri Address, Credential Credential);
