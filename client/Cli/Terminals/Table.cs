using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tumbler.Cli.Terminals;

/// <summary>Rows under column heads, without lines: what a person reads, and <c>cut</c> and <c>awk</c> too.</summary>
internal sealed class Table
{
    private readonly Spectre.Console.Table table = new() { Border = TableBorder.None, ShowHeaders = true };

    public Table(params string[] heads)
    {
        for (var i = 0; i < heads.Length; i++)
        {
            table.AddColumn(new TableColumn(new Text(heads[i].ToUpperInvariant(), new Style(decoration: Decoration.Dim)))
            {
                NoWrap = true,
                Padding = new Padding(0, 0, i < heads.Length - 1 ? 2 : 0, 0),
            });
        }
    }

    public int Count => table.Rows.Count;

    public Table Row(params Cell[] cells)
    {
        table.AddRow(cells.Select(cell => new Text(PlainText.Of(cell.Text), cell.Style)));
        return this;
    }

    public void Print(Terminal terminal)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColor ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = terminal.Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write((IRenderable)table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            terminal.Output.WriteLine(line.TrimEnd());
    }
}
