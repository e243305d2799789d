using System.Collections.Concurrent;
using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Keys;

/// <summary>Rings whose last tick failed on this node, for status and readiness.</summary>
public sealed class RotationFailures
{
    private readonly ConcurrentDictionary<RingId, string> failures = [];
    private long total;

    /// <summary>How many rings they are.</summary>
    public int Count => failures.Count;

    /// <summary>How many ticks have failed since the start.</summary>
    public long Total => Interlocked.Read(ref total);

    public IEnumerable<RingId> Rings => failures.Select(failure => failure.Key);

    public string? Of(RingId ring) => failures.GetValueOrDefault(ring);

    public void Failed(RingId ring, string reason)
    {
        failures[ring] = reason;
        Interlocked.Increment(ref total);
    }

    public void Succeeded(RingId ring) => failures.TryRemove(ring, out _);
}
