using System.Globalization;
using System.Text;

namespace Tumbler.Bench.Growth;

/// <summary>A part as a drawing: what is done a second, what it costs, and memory, side by side, each against the size on a logarithmic
/// axis. Without a background, and with text that follows the reader's light or dark scheme.</summary>
internal static class GrowthPlot
{
    private const int Width = 300, Height = 170, Left = 46, Right = 14, Top = 28, Bottom = 24, LegendRow = 16;

    /// <summary>So many can be told apart; the table has the others.</summary>
    private const int MostLines = 6;

    private static readonly int[] Steps = [1, 2, 5, 10];

    private static readonly string[] Colours = ["#2f81f7", "#d9822b", "#2da44e", "#bf4b8a", "#8957e5", "#768390"];

    public static string Draw(GrowthPart part)
    {
        var bounded = part.Lines.Where(line => line.Unbounded is null && line.Points.Count > 1).Take(MostLines).ToList();
        var panels = new List<Panel>();
        if (part.IsPerRequest)
            panels.Add(new("done a second", [.. bounded.Select(line => Series(line, point => point.PerSecond))]));
        panels.Add(new(part.IsPerRequest ? $"processor time each, {part.Unit}" : $"time, {part.Unit}", [.. bounded.Select(line => Series(line, point => point.Cost))]));
        if (part.Memory.Count > 1)
        {
            panels.Add(new("memory, MiB",
            [
                ("resident", [.. part.Memory.Select(each => (each.Size, each.Resident))]),
                ("managed", [.. part.Memory.Select(each => (each.Size, each.Managed))]),
            ]));
        }

        var legend = panels.Max(panel => panel.Lines.Count) * LegendRow;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {panels.Count * Width} {Height + legend + 8}" font-family="system-ui, sans-serif" font-size="11" role="img" aria-label="Against the number of {part.Of}">
            <style>text {"{"} fill: #24292f {"}"} .grid {"{"} stroke: #8c959f; stroke-opacity: 0.35 {"}"} @media (prefers-color-scheme: dark) {"{"} text {"{"} fill: #d1d9e0 {"}"} {"}"}</style>

            """);
        for (var n = 0; n < panels.Count; n++)
            Draw(svg, panels[n], n * Width);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, Panel panel, int offset)
    {
        var sizes = panel.Lines.SelectMany(line => line.Points).Select(point => point.Size).Distinct().Order().ToList();
        var (most, low, high) = (Ceiling(panel.Lines.SelectMany(line => line.Points).Max(point => point.Value)), Place(sizes[0]), Place(sizes[^1]));
        double X(long size) => offset + Left + (Width - Left - Right) * (high > low ? (Place(size) - low) / (high - low) : 0);
        double Y(double value) => Height - Bottom - (Height - Top - Bottom) * value / most;

        Line(svg, $"""<text x="{offset + Left}" y="14" font-weight="600">{panel.Title}</text>""");
        foreach (var value in (double[])[0, most / 2, most])
        {
            Line(svg, $"""<line class="grid" x1="{offset + Left}" x2="{offset + Width - Right}" y1="{Y(value):F1}" y2="{Y(value):F1}"/>""");
            Line(svg, $"""<text x="{offset + Left - 5}" y="{Y(value) + 4:F1}" text-anchor="end">{Short(value)}</text>""");
        }

        foreach (var size in sizes)
        {
            var anchor = size == sizes[0] ? "start" : size == sizes[^1] ? "end" : "middle";
            Line(svg, $"""<text x="{X(size):F1}" y="{Height - 8}" text-anchor="{anchor}">{Short(size)}</text>""");
        }

        foreach (var ((name, points), n) in panel.Lines.Select((line, n) => (line, n)))
        {
            var (colour, legend) = (Colours[n], Height + LegendRow * n + 12);
            Line(svg, $"""<polyline fill="none" stroke="{colour}" stroke-width="2" points="{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Size):F1},{Y(point.Value):F1}")))}"/>""");
            foreach (var (size, value) in points)
                Line(svg, $"""<circle cx="{X(size):F1}" cy="{Y(value):F1}" r="3" fill="{colour}"/>""");
            Line(svg, $"""<rect x="{offset + Left}" y="{legend - 8}" width="10" height="8" fill="{colour}"/><text x="{offset + Left + 16}" y="{legend}">{name}</text>""");
        }
    }

    private static (string, IReadOnlyList<(long, double)>) Series(GrowthLine line, Func<GrowthPoint, double> value) =>
        (line.Name, [.. line.Points.Select(point => (point.Size, value(point)))]);

    /// <summary>None stands where one does: there is no logarithm of it.</summary>
    private static double Place(long size) => Math.Log10(Math.Max(size, 1));

    /// <summary>The next of 1, 2, 5, 10, 20 and so on.</summary>
    private static double Ceiling(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-3))));
        return Steps.Select(step => step * power).First(step => step >= value);
    }

    private static string Short(double value) => value switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.##}M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.##}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.###}"),
    };

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private sealed record Panel(string Title, IReadOnlyList<(string Name, IReadOnlyList<(long Size, double Value)> Points)> Lines);
}
