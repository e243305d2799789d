using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Drawing;

namespace Tumbler.Cli.Terminals;

/// <summary>What a command says. Results go to standard output, everything about them (notes, questions, errors) to standard error, so
/// that the output of a command can always be read by another one.</summary>
internal sealed class Terminal(CliCall call, bool json, bool noColor)
{
    /// <summary>Whether the server's own document is wanted; nothing else may then be printed.</summary>
    public bool IsJson => json;

    /// <summary>https://no-color.org: any value but none turns colour off.</summary>
    public bool HasColor { get; } =
        call.Screen.OutputIsTerminal && !noColor && call.Variable("NO_COLOR") is null && call.Variable("TERM") is not "dumb";

    /// <summary>POSIX: the first of these that is set decides; none, or one that names no UTF-8, knows ASCII.</summary>
    private bool IsAscii =>
        (call.Variable("LC_ALL") ?? call.Variable("LC_CTYPE") ?? call.Variable("LANG"))?.Replace("-", "", StringComparison.Ordinal)
        .Contains("utf8", StringComparison.OrdinalIgnoreCase) is not true;

    public int Width => call.Screen.Width;

    public TextWriter Output => call.Output;

    /// <summary>One line of the result.</summary>
    public void Line(string text = "") => call.Output.WriteLine(PlainText.Of(text));

    /// <summary>Something beside the result.</summary>
    public void Note(string text) => call.Errors.WriteLine(PlainText.Of(text));

    public void Json(ReadOnlyMemory<byte> document) => call.Output.WriteLine(Encoding.UTF8.GetString(document.Span));

    /// <returns>The exit code.</returns>
    public int Fail(Failure failure)
    {
        call.Errors.WriteLine($"tumbler: {PlainText.Of(failure.Message)}");
        foreach (var line in failure.Next?.Split('\n') ?? [])
            call.Errors.WriteLine(PlainText.Of(line));
        return failure.Code;
    }

    public void Table(Table table) => table.Print(this);

    /// <summary>With colour where there is colour, else as text alone; in ASCII where the terminal or the locale knows no more.</summary>
    public void Draw(Func<Ink, IReadOnlyList<Line>> draw)
    {
        foreach (var line in draw(IsAscii ? Ink.Ascii : Ink.Unicode))
        {
            if (HasColor)
                Write(line.ToRenderable());
            else
                call.Output.WriteLine(line.ToString());
        }
    }

    public void Write(IRenderable renderable)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColor ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        // A row that is wider than the terminal is wrapped by the terminal: what is copied from it stays whole.
        console.Profile.Width = Screen.Unbounded;
        console.Profile.Capabilities.Unicode = !IsAscii;
        console.Write(renderable);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            call.Output.WriteLine(line.TrimEnd());
    }

    public void Facts(params (string Name, Cell Value)[] facts) => Table(Terminals.Table.OfFacts(facts));

    /// <summary>A part of a list, and how to get the next.</summary>
    public void Page(Table table, string? nextCursor)
    {
        if (table.Count > 0)
            Table(table);
        else
            Note("There are none.");
        if (nextCursor is not null)
            Note($"There are more: --cursor {nextCursor}");
    }

    /// <summary>Asks before something that can't be undone.</summary>
    /// <param name="yes">The command's <c>--yes</c>.</param>
    /// <param name="what">What will happen: <c>Revokes the key 1f… of ring default.</c></param>
    /// <param name="name">What the user has to type.</param>
    /// <returns>Null when it was confirmed.</returns>
    public Failure? Confirm(bool yes, string what, string name)
    {
        if (yes)
            return null;
        if (!call.Screen.InputIsTerminal)
        {
            return new Failure(
                ExitCode.NotConfirmed, $"{what} That can't be undone, and there is no terminal to ask on.",
                "Nothing was changed. Add --yes if it is what you want.");
        }

        call.Errors.Write($"{PlainText.Of(what)} That can't be undone. Type {PlainText.Of(name)} to go on: ");
        call.Errors.Flush();
        return call.Input.ReadLine()?.Trim() == name ? null : new Failure(ExitCode.NotConfirmed, "Not confirmed. Nothing was changed.");
    }

    /// <summary>Seconds are enough for people; programs take <c>--json</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset? time) => time is { } there ? Time(there) : "-";
}
