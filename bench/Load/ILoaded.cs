namespace Tumbler.Bench.Load;

/// <summary>A server in a process of its own.</summary>
internal interface ILoaded
{
    Uri Url { get; }

    /// <summary>Seconds of all its threads, since its start.</summary>
    double CpuTime();
}
