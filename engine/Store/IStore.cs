using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Core.Revocations;

namespace Tumbler.Engine.Store;

/// <summary>Everything that must outlive the process.</summary>
public interface IStore
{
    IAggregateStore<RingId, KeyRing> Rings { get; }

    IAggregateStore<OrgSlug, Organization> Organizations { get; }

    IAggregateStore<NodeId, NodeLog> NodeLogs { get; }

    IAggregateStore<RingId, TokenRevocations> TokenRevocations { get; }

    IAuditStore Audit { get; }

    IExportStore Exports { get; }

    IUsedOnce UsedOnce { get; }

    /// <summary>Everything in one cheap question: which aggregates were saved since the mark was given, with the versions
    /// they have now. None is ever missed, in whatever order saves begin and end; one that was listed before, or that has
    /// not changed at all, may be listed again. And what those saves have withdrawn (<see cref="NewRevocations"/>): of the numbers
    /// up to the last one none is missing, but those of entries that another one has replaced, or that are over.</summary>
    /// <param name="since">Null lists nothing but the whole feed of revocations, and gives the mark from now on, for who knows nothing yet. With a mark that
    /// means nothing any more, because the process or its connection to the store is not the one of then, everything is
    /// listed.</param>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask<StoreChanges> Changes(ChangeMark? since, CancellationToken stop);

    /// <summary>Ends when another process has probably saved something, or anybody has revoked something, so that asking for changes
    /// is worth while at once. No more than a hint: it may come for nothing, and what it would tell of may be saved without one.</summary>
    /// <exception cref="OperationCanceledException">None came until then.</exception>
    Task Hint(CancellationToken stop);

    /// <summary>The rings whose <see cref="KeyRing.Quiet"/> does not hold now, however many others there are: the one whose quiet
    /// ended first comes first, those of one instant in the order of their ids.</summary>
    /// <param name="after">The last one of the list before, or null. What is saved meanwhile moves to another place.</param>
    /// <exception cref="StoreUnavailableException"/>
    ValueTask<IReadOnlyList<RingToLookAt>> RingsToLookAt(DateTimeOffset now, RingToLookAt? after, int limit, CancellationToken stop);

    /// <summary>True when the store would take a change now.</summary>
    ValueTask<bool> Ping(CancellationToken stop);
}
