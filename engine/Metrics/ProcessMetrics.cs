using System.Diagnostics.Metrics;

namespace Tumbler.Engine.Metrics;

/// <summary>The process as such, under the names that Prometheus' own libraries give these numbers.</summary>
internal static class ProcessMetrics
{
    public static void Publish(Meter meter)
    {
        meter.CreateObservableCounter(
            MetricNames.ProcessCpu, () => Environment.CpuUsage.TotalTime.TotalSeconds, description: "Processor time of all threads, in seconds.");
        meter.CreateObservableGauge(MetricNames.ProcessMemory, () => Environment.WorkingSet, description: "Resident memory.");
        meter.CreateObservableCounter(
            MetricNames.Allocated, () => GC.GetTotalAllocatedBytes(), description: "Managed memory allocated since the start.");
        meter.CreateObservableGauge(
            MetricNames.Heap, () => GC.GetGCMemoryInfo().HeapSizeBytes, description: "Managed memory after the last garbage collection.");
        meter.CreateObservableCounter(
            MetricNames.FullCollections, () => GC.CollectionCount(GC.MaxGeneration), description: "Garbage collections of the whole heap.");
    }
}
