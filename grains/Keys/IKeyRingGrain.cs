using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;

namespace Tumbler.Grains.Keys;

/// <summary>One ring, owned by one silo. Keyed by the ring's id. That there may be two owners for seconds harms nobody: the
/// store takes one of two changes.</summary>
public interface IKeyRingGrain : IKeyRings, IGrainWithStringKey
{
    /// <summary>Does what is due. May be called at any time, by anyone, twice.</summary>
    Task<Result<RingStatus>> Tick(RingId ring);
}
