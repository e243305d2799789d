using System.Globalization;

namespace Tumbler.Bench;

/// <summary>What we do and what the machine can do, in operations a second, measured in turns. Or, where less is better, what something takes of
/// us and what it may take.</summary>
/// <param name="unit">Of both.</param>
internal sealed class Comparison(string ours, string theirs, string unit = "/s", bool lessIsBetter = false)
{
    private readonly string format = lessIsBetter ? "F2" : "F0";
    private readonly List<(double Ours, double Theirs)> rounds = [];

    /// <summary>Of the rounds' own ratios: whatever else the machine does for a while, it does to both sides of a round.</summary>
    public double Ratio => Median(rounds.Select(RatioOf));

    public void Add(double our, double their)
    {
        rounds.Add((our, their));
        Console.WriteLine($"round {rounds.Count}: {ours} {Text(our, format)}{unit}, {theirs} {Text(their, format)}{unit}, ratio {Text(RatioOf(rounds[^1]), "F2")}");
    }

    public void Print()
    {
        Print(ours, rounds.Select(round => round.Ours), format);
        if (!lessIsBetter)
            Print(theirs, rounds.Select(round => round.Theirs), format);
        Print("ratio", rounds.Select(RatioOf), "F2");
    }

    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    /// <summary>What must not be at all and is not is as it should be.</summary>
    private double RatioOf((double Ours, double Theirs) round) =>
        !lessIsBetter ? round.Ours / round.Theirs : round is (0, 0) ? 1 : round.Theirs / round.Ours;

    private static void Print(string what, IEnumerable<double> values, string format) => Console.WriteLine(
        $"{what}: median {Text(Median(values), format)}, min {Text(values.Min(), format)}, max {Text(values.Max(), format)}");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
