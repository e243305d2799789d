using System.Collections.Immutable;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Tests.Scripts;

/// <summary>A user in front of the program: what is set in the shell, what is typed, and what comes back. The program runs whole, from
/// the words to the exit code, but in this process: a hundred starts would take longer than what they do.</summary>
internal sealed record Script
{
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Where the user is, and at home.</summary>
    public required string Directory { get; init; }

    public string Input { get; init; } = "";

    /// <summary>What is typed where it is not shown.</summary>
    public string? Hidden { get; init; }

    public bool AtTerminal { get; init; }

    public int Width { get; init; } = Screen.Unbounded;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Nobody is logged in, and nothing is set.</summary>
    public static Script At(TemporaryFolder folder) => new() { Directory = folder.Path };

    /// <summary>As an administrator of this server, by the environment.</summary>
    public static Script For(RunningServer server, TemporaryFolder folder) => At(folder)
        .With("TUMBLER_SERVER_URL", server.Url).With("TUMBLER_ADMIN_KEY_FILE", server.AdminKeyFile);

    public Script With(string variable, string value) => this with { Environment = Environment.SetItem(variable, value) };

    /// <summary>At a terminal, where this is typed.</summary>
    public Script Typing(string input) => (this with { AtTerminal = true, Input = input }).With("NO_COLOR", "1");

    /// <param name="words">Without the program's name, by spaces; a word with spaces stands in the other form.</param>
    public Task<Said> Run(string words) => Run(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public async Task<Said> Run(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var call = new CliCall(
            words, Directory, Directory, Environment, new StringReader(Input), output, errors,
            new Screen(AtTerminal, AtTerminal, AtTerminal, Width, () => Hidden), Clock);
        var code = await CommandLine.Run(call, TestContext.Current.CancellationToken);
        return new Said(code, output.ToString(), errors.ToString());
    }
}
