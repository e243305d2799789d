namespace Tumbler.Bench;

/// <param name="Floor">A ratio below this is a failure.</param>
/// <param name="Reach">What is aimed at.</param>
internal sealed record BenchPath(string Name, double Floor, double Reach, Func<BenchOptions, Task<Comparison>> Measure);
