namespace Tumbler.Cli.Drawing;

/// <summary>A stretch of time laid over columns.</summary>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To, int Columns)
{
    /// <summary>The column at whose left edge an instant lies, give or take half of one; outside the span at its nearer end.</summary>
    public int ColumnOf(DateTimeOffset time) =>
        (int)Math.Round(Math.Clamp((time - From) / (To - From), 0, 1) * Columns, MidpointRounding.AwayFromZero);

    /// <summary>The one that shows an instant.</summary>
    public int CellOf(DateTimeOffset time) => Math.Min(ColumnOf(time), Columns - 1);

    public bool Overlaps(DateTimeOffset from, DateTimeOffset until) => from < To && until > From;
}
