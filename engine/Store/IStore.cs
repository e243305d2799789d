using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;

namespace Tumbler.Engine.Store;

/// <summary>Everything that must outlive the process.</summary>
public interface IStore
{
    IAggregateStore<RingId, KeyRing> Rings { get; }

    IAggregateStore<OrgSlug, Organization> Organizations { get; }

    IAggregateStore<NodeId, NodeLog> NodeLogs { get; }

    IAuditStore Audit { get; }

    /// <summary>True when the store would take a change now.</summary>
    ValueTask<bool> Ping(CancellationToken stop);
}
