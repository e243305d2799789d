using Tumbler.Contracts.Calls;
using Tumbler.Core;
using Tumbler.Core.Audit;
using Tumbler.Engine.Idempotency;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Keepers;

/// <summary>The one way a state changes: load, decide, save, announce, one change at a time. The queue only spares
/// pointless conflicts; what makes two keepers of one state safe is the store's compare-and-swap.</summary>
/// <param name="announce">Told every state that was saved or read: whose save it was may have died before it could
/// announce. May hear of the same state twice.</param>
/// <param name="saved">What there is to do between a save, from the one state to the other, and its answer; the next change does
/// not wait for it.</param>
public sealed class Keeper<TId, TState>(
    TId id,
    IAggregateStore<TId, TState> store,
    IAuditStore audit,
    ReceiptBook receipts,
    AuditKey auditKey,
    TimeProvider clock,
    Action<Stored<TState>> announce,
    Func<TState?, TState, Task>? saved = null) : IDisposable
    where TId : struct
    where TState : class, IAggregate<TState>
{
    /// <summary>A second decision usually finds nothing left to do; this many conflicts in a row mean a fault.</summary>
    private const int MostAttempts = 5;

    private readonly SemaphoreSlim turn = new(1);
    private Stored<TState>? known;
    private long newest;

    /// <summary>The newest that was saved or read here; a change that has been answered is in it.</summary>
    public VersionToken KnownVersion => new(Volatile.Read(ref newest));

    /// <exception cref="StoreUnavailableException">The state could not be read; nothing was changed.</exception>
    public async Task<Result<TAnswer>> Change<TAnswer>(
        Decide<TState, TAnswer> decide, RepeatableRequest request, CallContext call, CancellationToken stop = default)
    {
        var after = Task.CompletedTask;
        Result<TAnswer>? result = null;
        await turn.WaitAsync(stop);
        try
        {
            for (var attempt = 1; attempt <= MostAttempts && result is null; attempt++)
                result = await Attempt(decide, request, call, (old, next) => after = saved?.Invoke(old, next) ?? after, stop);
        }
        finally
        {
            turn.Release();
        }

        await after;
        return result ?? new Refusal(ErrorCode.Conflict, $"'{id}' is being changed by others all the time; try again.");
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Null when somebody else saved first: everything known is stale then.</summary>
    private async Task<Result<TAnswer>?> Attempt<TAnswer>(
        Decide<TState, TAnswer> decide, RepeatableRequest request, CallContext call, Action<TState?, TState> tell, CancellationToken stop)
    {
        var fresh = known is null;
        if (fresh && await store.Load(id, stop) is { } current)
            Learn(current);
        var (state, now) = (known?.State, clock.Now());
        if (state is not null && receipts.Find<TAnswer>(state.Receipts, request, call, now) is { } repeated)
            return repeated;

        if (!(await decide(state, now)).TryGet(out var decision, out var refusal) || decision.Audit.Count == 0)
        {
            if (fresh)
                return refusal is null ? decision!.Answer : refusal;

            // Saying no, or that nothing is left to do, compares with no version. Another process may have changed since
            // what is known here, so only what the store says now counts.
            known = null;
            return await Attempt(decide, request, call, tell, stop);
        }

        var chain = decision.Next.Chain;
        var (entries, head) = AuditChain.Append(chain, state?.AuditHead ?? AuditHead.Empty, decision.Audit, call, now, auditKey);
        var next = decision.Next.With(head, receipts.Add(decision.Next.Receipts, request, decision.Answer, call, now));
        var save = await store.Save(next, known?.Version ?? VersionToken.None, entries, stop);
        switch (save.Outcome)
        {
            case SaveOutcome.Saved:
                Learn(new Stored<TState>(next, save.Version));
                tell(state, next);
                return decision.Answer;

            case SaveOutcome.Conflict:
                known = null;
                return null;

            default:
                return await AfterUnknownOutcome(next, decision.Answer, stop);
        }
    }

    /// <summary>The store may have kept the change or not. The chain tells: an entry's hash names exactly this change, and it
    /// stays where it is whatever others append after it.</summary>
    private async Task<Result<TAnswer>> AfterUnknownOutcome<TAnswer>(TState attempted, TAnswer answer, CancellationToken stop)
    {
        known = null;
        if (await store.Load(id, stop) is { } stored)
            Learn(stored);
        var written = await audit.Find(attempted.Chain, attempted.AuditHead.Seq, stop);
        if (written?.Hash == attempted.AuditHead.Hash)
            return answer;
        return new Refusal(ErrorCode.Unavailable, "The store did not answer, and the change is not in it. Try again.");
    }

    private void Learn(Stored<TState> stored)
    {
        known = stored;
        Volatile.Write(ref newest, Math.Max(newest, stored.Version.Value));
        announce(stored);
    }
}
