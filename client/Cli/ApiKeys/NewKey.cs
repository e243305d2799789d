using System.CommandLine;
using System.Text;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;

namespace Tumbler.Cli.ApiKeys;

/// <summary>The one time that a new API key is shown: on standard output, or in a file of its own.</summary>
internal sealed class NewKey
{
    public Option<string?> Out { get; } = Words.Text("--out", "file", "A new file for the key, which then is not printed.");

    /// <param name="key">Takes the key out of the answer.</param>
    /// <param name="facts">The rest of it, for people.</param>
    public async Task<int> Show<T>(
        ParseResult words, Session session, Func<Task<Outcome<Answer<T>>>> ask, Func<T, string> key, Func<T, (string, Cell)[]> facts)
    {
        var (terminal, file) = (session.Terminal, words.GetValue(Out));
        // Before there is a key that nobody could ever see.
        if (SecretOutput.Check(session.Call, file) is { } taken)
            return terminal.Fail(taken);
        if (file is null)
        {
            return await session.Show(ask(), (on, answer) =>
            {
                on.Facts([("key", key(answer)), .. facts(answer)]);
                on.Note("This is the only time that the key is shown.");
            });
        }

        if (!(await ask()).TryGet(out var answer, out var failure) || !answer.Read().TryGet(out var value, out failure))
            return terminal.Fail(failure);
        if (SecretOutput.Write(session.Call, file, Encoding.ASCII.GetBytes(key(value) + "\n")) is { } refused)
            return terminal.Fail(refused with { Next = "There is a new key all the same, and nobody has it: revoke it, and make another." });
        terminal.Facts(facts(value));
        terminal.Note($"The key is in {file}. It is not shown again.");
        return ExitCode.Done;
    }
}
