namespace Tumbler.Cli.Drawing;

/// <summary>One line of a drawing, from left to right.</summary>
internal sealed record Line(IReadOnlyList<Stroke> Strokes)
{
    /// <param name="text">One character for each column.</param>
    /// <param name="kinds">What each of them means.</param>
    public static Line Of(ReadOnlySpan<char> text, ReadOnlySpan<StrokeKind> kinds)
    {
        var strokes = new List<Stroke>();
        for (int from = 0, to = 1; from < text.Length; from = to++)
        {
            while (to < text.Length && kinds[to] == kinds[from])
                to++;
            strokes.Add(new Stroke(kinds[from], text[from..to].ToString()));
        }

        return new Line(strokes);
    }

    public override string ToString() => string.Concat(Strokes.Select(stroke => stroke.Text)).TrimEnd();
}
