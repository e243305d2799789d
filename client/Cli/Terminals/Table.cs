using Spectre.Console;

namespace Tumbler.Cli.Terminals;

/// <summary>Rows under column heads, without lines: what a person reads, and <c>cut</c> and <c>awk</c> too.</summary>
internal sealed class Table
{
    private readonly Spectre.Console.Table table = new() { Border = TableBorder.None };

    public Table(params string[] heads)
    {
        for (var i = 0; i < heads.Length; i++)
        {
            table.AddColumn(new TableColumn(new Text(heads[i].ToUpperInvariant(), new Style(decoration: Decoration.Dim)))
            {
                Padding = new Padding(0, 0, i < heads.Length - 1 ? 2 : 0, 0),
            });
        }
    }

    /// <summary>One thing's members below each other.</summary>
    public static Table OfFacts(params (string Name, Cell Value)[] facts)
    {
        var sheet = new Table("", "");
        sheet.table.ShowHeaders = false;
        foreach (var (name, value) in facts)
            sheet.Row(new Cell(name, Cell.Quiet), value);
        return sheet;
    }

    public int Count => table.Rows.Count;

    public Table Row(params Cell[] cells)
    {
        table.AddRow(cells.Select(cell => new Text(PlainText.Of(cell.Text), cell.Style)));
        return this;
    }

    public void Print(Terminal terminal) => terminal.Write(table);
}
