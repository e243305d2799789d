namespace Tumbler.Bench.Growth;

/// <summary>What was measured at one size, in the median of the rounds.</summary>
/// <param name="PerSecond">How often it was done.</param>
/// <param name="P99">Milliseconds; 0 where nobody took it.</param>
/// <param name="Cost">What is judged, in the part's unit.</param>
internal sealed record GrowthPoint(long Size, double PerSecond, double P99, double Cost);
