using System.Globalization;

namespace Tumbler.Bench;

/// <summary>What we do and what the machine can do, in operations a second, measured in turns.</summary>
internal sealed class Comparison(string ours, string theirs)
{
    private readonly List<(double Ours, double Theirs)> rounds = [];

    /// <summary>Of the rounds' own ratios: whatever else the machine does for a while, it does to both sides of a round.</summary>
    public double Ratio => Median(rounds.Select(round => round.Ours / round.Theirs));

    public void Add(double oursPerSecond, double theirsPerSecond)
    {
        rounds.Add((oursPerSecond, theirsPerSecond));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"round {rounds.Count}: {ours} {oursPerSecond:F0}/s, {theirs} {theirsPerSecond:F0}/s, ratio {oursPerSecond / theirsPerSecond:F2}"));
    }

    public void Print()
    {
        Print(ours, rounds.Select(round => round.Ours), "F0");
        Print(theirs, rounds.Select(round => round.Theirs), "F0");
        Print("ratio", rounds.Select(round => round.Ours / round.Theirs), "F2");
    }

    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    private static void Print(string what, IEnumerable<double> values, string format)
    {
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        Console.WriteLine($"{what}: median {Text(Median(values))}, min {Text(values.Min())}, max {Text(values.Max())}");
    }
}
