using System.CommandLine;

namespace Tumbler.Cli.Commands;

/// <summary>A command that does something.</summary>
internal sealed class Verb : Command
{
    private readonly Frame frame;

    /// <param name="examples">Whole command lines, the simplest first, for <c>--help</c>. A test parses each.</param>
    public Verb(Frame frame, string name, string description, params string[] examples) : base(name, description) =>
        (this.frame, Examples) = (frame, examples);

    public IReadOnlyList<string> Examples { get; }

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
}
