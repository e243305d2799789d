using System.Globalization;

namespace Tumbler.Bench.Tests.Micro;

/// <summary>Costs as <c>bench/micro</c> writes them.</summary>
/// <param name="With">What they were counted with: <c>runtime</c>, <c>openssl</c>, <c>processor</c>.</param>
/// <param name="Uncounted">What could not be counted, and why.</param>
internal sealed record CostList(
    IReadOnlyDictionary<string, string> With,
    IReadOnlyDictionary<CostKind, Dictionary<string, long>> Counts,
    IReadOnlyDictionary<CostKind, string> Uncounted)
{
    private static readonly string[] Libraries = ["runtime", "openssl", "processor"];

    public static CostList Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2))
            .ToLookup(line => line[0], line => line[1]);
        return new CostList(
            Libraries.ToDictionary(what => what, what => lines[what].Single()),
            Enum.GetValues<CostKind>().ToDictionary(kind => kind, kind => Numbers(lines[kind.ToString().ToLowerInvariant()])),
            lines["uncounted"].Select(line => line.Split(' ', 2)).ToDictionary(words => Enum.Parse<CostKind>(words[0], ignoreCase: true), words => words[1]));
    }

    private static Dictionary<string, long> Numbers(IEnumerable<string> lines) => lines
        .Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture));
}
