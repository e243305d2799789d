using System.Text.Json;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Steady;

/// <summary>All windows, one after the other.</summary>
internal sealed class SteadySeries
{
    private readonly List<SteadySample> samples = [];

    public IReadOnlyList<SteadySample> Samples => samples;

    public int Failed => samples.Sum(sample => sample.Failed);

    public void Add(SteadySample sample) => samples.Add(sample);

    /// <summary>The median of the last third, as a multiple of that of the second. In the first one the runtime still compiles, and caches fill.</summary>
    public double Growth(Func<SteadySample, double> what)
    {
        var third = samples.Count / 3;
        return Median(samples.Skip(2 * third).Select(what)) / Median(samples.Skip(third).Take(third).Select(what));
    }

    public double Median(Func<SteadySample, double> what) => Median(samples.Select(what));

    /// <summary>As <c>steady.json</c>, and drawn as <c>steady.svg</c>.</summary>
    public void Write(string folder, SteadyPlan plan)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "steady.json"), JsonSerializer.Serialize(new { plan, samples }, Wire.Json));
        File.WriteAllText(Path.Combine(folder, "steady.svg"), SteadyDrawing.Of(samples));
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
