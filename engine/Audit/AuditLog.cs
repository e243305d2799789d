using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Core;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Audit;

/// <summary>Reads and verifies the audit log.</summary>
public sealed class AuditLog(IStore store, AuditKey key) : IAuditLog
{
    private const int ListSize = 500;

    public async Task<Result<Page<AuditEntry>>> Query(AuditQuery query) => await store.Audit.Query(query, CancellationToken.None);

    public async Task<Result<AuditVerdict>> Verify()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        long entries = 0;
        try
        {
            await foreach (var owner in Owners())
            {
                known.Add(owner.Chain);
                var verifier = new AuditChainVerifier(owner.Chain, key);
                if (await FirstFault(owner, verifier) is { } fault)
                    return new AuditVerdict(false, known.Count, entries, fault);
                entries += verifier.Head.Seq;
            }

            return await Orphan(known) is { } orphan
                ? new AuditVerdict(false, known.Count, entries, new AuditFault(orphan, 1, "Its owner's state is gone."))
                : new AuditVerdict(true, known.Count, entries, null);
        }
        catch (StoreDamagedException damaged)
        {
            return new AuditVerdict(false, known.Count, entries, FaultOf(damaged));
        }
    }

    private static AuditFault FaultOf(StoreDamagedException damaged) => damaged.Seq is { } seq
        ? new AuditFault(damaged.Chain, seq, "The entry can't be read: its fields make no audit entry.")
        : new AuditFault(damaged.Chain, 1, "Its owner's state can't be read.");

    /// <summary>A chain may grow while it is read, so its end is asked for twice: it must reach the first answer and
    /// must not go beyond the second.</summary>
    private async Task<AuditFault?> FirstFault(ChainOwner owner, AuditChainVerifier verifier)
    {
        var before = await owner.Head();
        await foreach (var entry in store.Audit.Read(owner.Chain, CancellationToken.None))
        {
            if (verifier.Next(entry) is { } fault)
                return fault;
        }

        var after = await owner.Head();
        var grownMeanwhile = before.Seq <= verifier.Head.Seq && verifier.Head.Seq < after.Seq;
        return grownMeanwhile ? null : verifier.End(after);
    }

    private async Task<string?> Orphan(HashSet<string> known)
    {
        await foreach (var chain in store.Audit.Chains(CancellationToken.None))
        {
            if (!known.Contains(chain) && !await Owners().AnyAsync(owner => owner.Chain == chain))
                return chain;
        }

        return null;
    }

    private IAsyncEnumerable<ChainOwner> Owners() =>
        OwnersOf<RingId, KeyRing>(store.Rings)
            .Concat(OwnersOf<OrgSlug, Organization>(store.Organizations))
            .Concat(OwnersOf<NodeId, NodeLog>(store.NodeLogs));

    private static async IAsyncEnumerable<ChainOwner> OwnersOf<TId, TState>(IAggregateStore<TId, TState> aggregates)
        where TId : struct
        where TState : class, IAggregate<TState>
    {
        async ValueTask<AuditHead> Head(TId id) =>
            (await aggregates.Load(id, CancellationToken.None))?.State.AuditHead ?? AuditHead.Empty;

        TId? after = null;
        while (await aggregates.List(after, ListSize, CancellationToken.None) is { Count: > 0 } ids)
        {
            foreach (var id in ids)
            {
                if (await aggregates.Load(id, CancellationToken.None) is { } stored)
                    yield return new ChainOwner(stored.State.Chain, () => Head(id));
            }

            after = ids[^1];
        }
    }

    private sealed record ChainOwner(string Chain, Func<ValueTask<AuditHead>> Head);
}
