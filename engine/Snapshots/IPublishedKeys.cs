using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Snapshots;

/// <summary>The public documents of rings.</summary>
public interface IPublishedKeys
{
    /// <summary>Null when there is no such ring. Never waits in the steady state.</summary>
    ValueTask<RingDocuments?> Get(RingId ring);
}
