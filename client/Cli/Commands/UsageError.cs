using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Terminals;

namespace Tumbler.Cli.Commands;

/// <summary>What is wrong with a command line, and where it says how it should be.</summary>
internal static class UsageError
{
    /// <summary>Longer than any name, a UUID too: what nobody types may be a secret that got among the words.</summary>
    private const int LongestWord = 36;

    public static int Print(CliCall call, ParseResult words)
    {
        foreach (var error in words.Errors.Select(error => error.Message).Distinct())
            call.Errors.WriteLine($"tumbler: {PlainText.Of(WithoutSecrets(error, call.Arguments))}");
        call.Errors.WriteLine($"Try: {NameOf(words.CommandResult.Command)} --help");
        return ExitCode.Usage;
    }

    /// <summary>As it is typed: <c>tumbler rings list</c>.</summary>
    public static string NameOf(Command command)
    {
        var parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? "tumbler" : $"{NameOf(parent)} {command.Name}";
    }

    private static string WithoutSecrets(string message, IReadOnlyList<string> arguments) =>
        arguments.Where(argument => argument.Length > LongestWord).Aggregate(
            message, (text, argument) => text.Replace(argument, $"{argument[..4]}…", StringComparison.Ordinal));
}
