using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Commands;

/// <summary>What every command is made with.</summary>
internal sealed record Frame(CliCall Call, GlobalOptions Options);
