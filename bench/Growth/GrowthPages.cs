using System.Globalization;
using System.Text;

namespace Tumbler.Bench.Growth;

/// <summary>The figures as people read them: a section of <c>performance.md</c>, and a plot of each part.</summary>
internal static class GrowthPages
{
    private const string Begin = "<!-- growth: made by bench/growth -->", End = "<!-- /growth -->";

    public static void Write(GrowthFigures figures, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        foreach (var part in figures.Parts)
            File.WriteAllText(Path.Combine(folder, "images", Image(part)), GrowthPlot.Draw(part));

        var page = Path.Combine(folder, "performance.md");
        var text = File.Exists(page) ? File.ReadAllText(page) : $"{Begin}\n{End}\n";
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{page} has no lines {Begin} and {End}.");
        File.WriteAllText(page, $"{text[..(begin + Begin.Length)]}\n{string.Concat(figures.Parts.Select(Section))}{text[end..]}");
    }

    private static string Section(GrowthPart part)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n### Against the number of {part.Of}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{part.Note}\n\n![Against the number of {part.Of}: what is done a second, what it costs, memory](images/{Image(part)})\n\n");
        var sizes = part.Lines[0].Points.Select(point => point.Size).ToList();
        text.Append(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))} | grows | at most |\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- |{string.Concat(sizes.Select(_ => " --- |"))} --- | --- |\n");
        foreach (var line in part.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {line.Name} | {string.Join(" | ", sizes.Select(size => Cell(part, line.Points.SingleOrDefault(point => point.Size == size))))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {GrowthBound.Ratio(line):F2} × | {line.Unbounded ?? string.Create(CultureInfo.InvariantCulture, $"{GrowthBound.Most(line):F2} ×")} |\n");
        }

        if (part.Memory is [var least, .., var most])
        {
            text.Append(CultureInfo.InvariantCulture, $"| memory | {string.Join(" | ", part.Memory.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Resident:F0} MiB, {each.Managed:F0} managed")))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Kib(most.Resident - least.Resident, most.Size - least.Size)} each, {Kib(most.Managed - least.Managed, most.Size - least.Size)} managed | |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nMeasured {part.Measured}.\n\n");
        return text.ToString();
    }

    private static string Cell(GrowthPart part, GrowthPoint? point) => point is null ? "" : string.Create(CultureInfo.InvariantCulture,
        $"{point.Cost} {part.Unit}{(part.IsPerRequest ? $", {point.PerSecond:N0}/s" : "")}{(point.P99 > 0 ? $", p99 {point.P99} ms" : "")}");

    private static string Kib(double mib, long count) => string.Create(CultureInfo.InvariantCulture, $"{mib * 1024 / count:F2} KiB");

    private static string Image(GrowthPart part) => $"growth-{part.Name}.svg";
}
