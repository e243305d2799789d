using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;

namespace Tumbler.Cli.Commands;

/// <summary>What one run of a verb works with.</summary>
internal sealed class Session(CliCall call, Terminal terminal, Server server) : IDisposable
{
    public CliCall Call => call;

    public Terminal Terminal => terminal;

    public Server Server => server;

    public static Session Open(Frame frame, ParseResult words)
    {
        var (call, options) = (frame.Call, frame.Options);
        var terminal = new Terminal(call, words.GetValue(options.Json), words.GetValue(options.NoColor));
        return new Session(call, terminal, new Server(new Connecting(call, words.GetValue(options.Server), words.GetValue(options.KeyFile)).Connect));
    }

    /// <summary>Prints an answer: as JSON just as it came, for people as it is drawn; or why there is none.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Show<T>(Task<Outcome<Answer<T>>> asking, Action<Terminal, T> draw)
    {
        if (!(await asking).TryGet(out var answer, out var failure))
            return terminal.Fail(failure);

        if (answer.Unconfirmed is { } silos)
            terminal.Note($"Done, but not every silo has confirmed it yet: {silos}. They learn of it from the database.");
        if (terminal.IsJson)
            terminal.Json(answer.Body);
        else if (answer.Read().TryGet(out var value, out failure))
            draw(terminal, value);
        else
            return terminal.Fail(failure);
        return ExitCode.Done;
    }

    /// <summary>Does what can't be undone, once the user has confirmed it.</summary>
    /// <param name="yes">The command's <c>--yes</c>.</param>
    /// <param name="what">What will happen, in a sentence.</param>
    /// <param name="name">What the user has to type.</param>
    public async Task<int> Confirmed(bool yes, string what, string name, Func<Task<int>> act)
    {
        // Nobody is asked about what could not be done anyway.
        if (!server.Connection.TryGet(out _, out var failure))
            return terminal.Fail(failure);
        return terminal.Confirm(yes, what, name) is { } refused ? terminal.Fail(refused) : await act();
    }

    public void Dispose() => server.Dispose();
}
