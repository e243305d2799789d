using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;

namespace Tumbler.Engine.Store;

/// <summary>Everything that must outlive the process.</summary>
public interface IStore
{
    IAggregateStore<RingId, KeyRing> Rings { get; }

    IAggregateStore<OrgSlug, Organization> Organizations { get; }

    IAuditStore Audit { get; }

    IExportStore Exports { get; }

    /// <summary>True when the store would take a change now.</summary>
    ValueTask<bool> Ping(CancellationToken stop);
}
