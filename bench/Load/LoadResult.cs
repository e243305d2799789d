namespace Tumbler.Bench.Load;

/// <param name="PerSecond">Answers.</param>
/// <param name="P50">Milliseconds, as the others.</param>
/// <param name="CpuSeconds">The server's, for each answer.</param>
internal readonly record struct LoadResult(double PerSecond, double P50, double P99, double P999, double CpuSeconds)
{
    /// <summary>Answers for each second of the server's processor time.</summary>
    public double PerCpuSecond => 1 / CpuSeconds;
}
