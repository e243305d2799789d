using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tumbler.Cli.Commands;

/// <summary>A command that does something.</summary>
internal sealed class Verb : Command
{
    private readonly Frame frame;

    /// <param name="examples">Whole command lines, the simplest first, for <c>--help</c>. A test parses each.</param>
    public Verb(Frame frame, string name, string description, params string[] examples) : base(name, description) =>
        (this.frame, Examples) = (frame, examples);

    public IReadOnlyList<string> Examples { get; }

    /// <summary>A mistyped option is none of its words.</summary>
    public new void Add(Argument argument)
    {
        if (argument.Arity.MaximumNumberOfValues == 1)
            argument.Validators.Add(RefuseOption);
        base.Add(argument);
    }

    /// <param name="action">Gives the exit code. The words are asked for the values of the command's own options.</param>
    public Verb Does(Func<ParseResult, Session, CancellationToken, Task<int>> action)
    {
        SetAction(async (words, stop) =>
        {
            using var session = Session.Open(frame, words);
            return await action(words, session, stop);
        });
        return this;
    }

    private static void RefuseOption(ArgumentResult word)
    {
        if (word.Tokens is [{ Value: var text }] && text.StartsWith("--", StringComparison.Ordinal))
            word.AddError($"Unrecognized command or argument '{text}'.");
    }
}
