using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tumbler.Cli.Commands;

/// <summary>The help that the library writes, and below it the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction usual;

    public HelpWithExamples(HelpAction usual, int width)
    {
        usual.MaxWidth = width;
        this.usual = usual;
    }

    // Whoever asks for help has not finished the command line.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        if (ExamplesOf(parseResult.CommandResult.Command) is { Count: > 0 } examples)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }

        return 0;
    }

    /// <summary>A verb's own; of a noun the first of each verb.</summary>
    public static IReadOnlyList<string> ExamplesOf(Command command) =>
        command is Verb verb ? verb.Examples : [.. command.Subcommands.Where(each => !each.Hidden).SelectMany(each => ExamplesOf(each).Take(1))];
}
