namespace Tumbler.Cli.ServerPrograms;

/// <summary>How the server program ended, and what it said.</summary>
internal sealed record ServerWord(int ExitCode, string Output, string Errors);
