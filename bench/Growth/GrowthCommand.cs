using System.Diagnostics;
using System.Globalization;
using Tumbler.Bench.Growth.Parts;

namespace Tumbler.Bench.Growth;

/// <summary><c>bench/growth</c>: measures against the number of things that there are, keeps the figures, and makes tables and plots of
/// them.</summary>
internal static class GrowthCommand
{
    public const string Name = "growth";

    private static readonly Dictionary<string, Func<GrowthOptions, GrowthCircumstances, Task<GrowthPart>>> Known = new(StringComparer.Ordinal)
    {
        ["rings"] = RingsGrowth.Measure,
        ["keys"] = ApiKeysGrowth.Measure,
        ["organizations"] = OrganizationsGrowth.Measure,
        ["revocations"] = RevocationsGrowth.Measure,
        ["audit"] = AuditGrowth.Measure,
        ["connections"] = ConnectionsGrowth.Measure,
    };

    /// <returns>The exit status: 1 when something grows too fast.</returns>
    public static async Task<int> Run(string[] arguments)
    {
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));
        if (!GrowthOptions.TryParse(arguments, Known.Keys, root, out var options))
        {
            await Console.Error.WriteLineAsync($"usage: bench/growth [what…] [--small] [--draw] [--out folder]     what: {string.Join(", ", Known.Keys)}");
            return 64;
        }

        var figures = GrowthFigures.Read(options.Folder);
        if (!options.Draw)
        {
            var circumstances = GrowthCircumstances.Now(options, root);
            foreach (var part in options.Parts)
            {
                var watch = Stopwatch.StartNew();
                figures = figures.With(await Known[part](options, circumstances), [.. Known.Keys]);
                figures.Write(options.Folder);
                Console.WriteLine(FormattableString.Invariant($"{part}: done in {watch.Elapsed.TotalSeconds:F0} s"));
            }
        }

        GrowthPages.Write(figures, options.Folder);
        return Judge(figures) || options.Small ? 0 : 1;
    }

    private static bool Judge(GrowthFigures figures)
    {
        foreach (var (part, line) in figures.Parts.SelectMany(part => part.Lines.Select(line => (part, line))))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"growth {part.Name}, {line.Name}: {GrowthBound.Ratio(line):F2} times, {(line.Unbounded is null ? $"at most {GrowthBound.Most(line):F2}: {(GrowthBound.Holds(line) ? "holds" : "GROWS TOO FAST")}" : "not bounded")}"));
        }

        return figures.Parts.SelectMany(part => part.Lines).All(GrowthBound.Holds);
    }
}
