namespace Tumbler.Bench.Growth;

/// <summary>What the process held at the end, in MiB.</summary>
/// <param name="Resident">As the kernel has it.</param>
/// <param name="Managed">After the last garbage collection.</param>
internal sealed record GrowthMemory(long Size, double Resident, double Managed);
