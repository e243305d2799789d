using System.Globalization;
using System.Text;

namespace Tumbler.Stories.Tests.Steady;

/// <summary>The series as an SVG: memory above, times below, a thin line at each rotation.</summary>
internal static class SteadyDrawing
{
    private const int Width = 720, Left = 56, Right = 704, PanelHeight = 150, PanelGap = 52, Top = 40;

    public static string Of(IReadOnlyList<SteadySample> samples)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Top + 2 * PanelHeight + 2 * PanelGap}" role="img" aria-label="Memory and times of a silo under steady load" font-family="system-ui, sans-serif" font-size="12">
            <rect width="100%" height="100%" rx="6" fill="#f6f8fa"/>

            """);
        Panel(svg, samples, Top, "MiB", ("resident", "#1f6f43", sample => sample.ResidentMib), ("managed heap", "#4a7fc1", sample => sample.HeapMib));
        Panel(svg, samples, Top + PanelHeight + PanelGap, "ms", ("p99", "#a8772a", sample => sample.P99), ("p50", "#8250df", sample => sample.P50));
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Right}" y="{Top + 2 * PanelHeight + PanelGap + 34}" text-anchor="end" fill="#57606a">minutes; a thin line is a rotation</text>
            </svg>

            """);
        return svg.ToString();
    }

    private static void Panel(
        StringBuilder svg, IReadOnlyList<SteadySample> samples, int top, string unit, params (string Name, string Color, Func<SteadySample, double> Value)[] lines)
    {
        var last = samples[^1].Minutes;
        var step = Round(samples.Max(sample => lines.Max(line => line.Value(sample))) / 4);
        var most = 4 * step;
        double X(double minutes) => Left + (Right - Left) * minutes / last;
        double Y(double value) => top + PanelHeight * (1 - value / most);

        foreach (var rotation in samples.Zip(samples.Skip(1)).Where(pair => pair.Second.Rotations > pair.First.Rotations))
            Line(svg, X(rotation.Second.Minutes), top, X(rotation.Second.Minutes), top + PanelHeight, "#e4e8ec");
        for (var mark = 0; mark <= 4; mark++)
        {
            var (value, minutes) = (step * mark, last * mark / 4);
            Line(svg, Left, Y(value), Right, Y(value), "#d0d7de");
            Text(svg, Left - 6, Y(value) + 4, "end", "#57606a", value.ToString("0.##", CultureInfo.InvariantCulture));
            Text(svg, X(minutes), top + PanelHeight + 16, "middle", "#57606a", minutes.ToString("0.##", CultureInfo.InvariantCulture));
        }

        for (var n = 0; n < lines.Length; n++)
        {
            var points = string.Join(' ', samples.Select(sample => FormattableString.Invariant($"{X(sample.Minutes):F1},{Y(lines[n].Value(sample)):F1}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{lines[n].Color}\" stroke-width=\"1.5\"/>\n");
            Text(svg, Left + 130 * n, top - 10, "start", lines[n].Color, $"{lines[n].Name}, {unit}");
        }
    }

    /// <summary>The next number that people count in: 1, 2 or 5 with zeros.</summary>
    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string color) => svg.Append(
        CultureInfo.InvariantCulture, $"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{color}\"/>\n");

    private static void Text(StringBuilder svg, double x, double y, string anchor, string color, string text) => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{color}\">{text}</text>\n");
}
