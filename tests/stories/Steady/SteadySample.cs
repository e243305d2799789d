using Tumbler.Stories.Tests.Monitoring;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Sending;

namespace Tumbler.Stories.Tests.Steady;

/// <summary>A window of the load, and how the silo was at its end.</summary>
/// <param name="Minutes">From the load's beginning to the window's end.</param>
/// <param name="P50">Milliseconds, like <paramref name="P99"/>.</param>
internal sealed record SteadySample(
    double Minutes, double PerSecond, double P50, double P99, int Failed, double ResidentMib, double HeapMib, long FullCollections, long Rotations)
{
    private const double Mib = 1024 * 1024;

    public static async Task<SteadySample> Of(SiloProcess silo, SentWindow window, double minutes)
    {
        var page = await MetricsPage.Of(silo);
        return new SteadySample(
            minutes, window.PerSecond, window.Within(0.5).TotalMilliseconds, window.Within(0.99).TotalMilliseconds, window.Failed,
            silo.ResidentMemory(), page.Value("dotnet_gc_heap_bytes") / Mib, (long)page.Value("dotnet_gc_full_collections_total"),
            (await silo.Admin.Status()).RotationCount);
    }
}
