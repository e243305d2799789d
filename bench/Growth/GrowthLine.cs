namespace Tumbler.Bench.Growth;

/// <summary>One thing that is done at every size.</summary>
/// <param name="Points">From the smallest size to the largest.</param>
/// <param name="Unbounded">Why its cost may grow as it does; null for what the bound holds for.</param>
internal sealed record GrowthLine(string Name, IReadOnlyList<GrowthPoint> Points, string? Unbounded = null);
