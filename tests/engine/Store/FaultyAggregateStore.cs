using System.Collections.Concurrent;
using Tumbler.Contracts.Audit;
using Tumbler.Core;
using Tumbler.Engine.Store;

namespace Tumbler.Engine.Tests.Store;

/// <summary>The real store, which fails when told to and counts what it is asked.</summary>
internal sealed class FaultyAggregateStore<TId, TState>(IAggregateStore<TId, TState> store) : IAggregateStore<TId, TState>
    where TId : struct
    where TState : class, IAggregate<TState>
{
    private readonly ConcurrentQueue<Fault> faults = [];
    private int saves;
    private int loads;

    /// <summary>Everything fails, and nothing is kept.</summary>
    public bool Away { get; set; }

    /// <summary>This many loads fail from now on.</summary>
    public int FailLoads { get; set; }

    /// <summary>What is stored under this id is no state.</summary>
    public TId? Damaged { get; set; }

    /// <summary>Runs before each save, as others do meanwhile.</summary>
    public Func<TState, Task> BeforeSave { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs when a save has failed, before anybody hears of it.</summary>
    public Func<Task> AfterFault { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs between the reading of a state and its arrival.</summary>
    public Func<TId, Task> AfterLoad { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the next load answers: it was read a long time ago.</summary>
    public Stored<TState>? InsteadOfNextLoad { get; set; }

    public int Saves => saves;

    public int Loads => loads;

    /// <summary>The next saves go wrong like this, one after the other.</summary>
    public void Fail(params Fault[] next)
    {
        foreach (var fault in next)
            faults.Enqueue(fault);
    }

    public async ValueTask<Stored<TState>?> Load(TId id, CancellationToken stop)
    {
        Interlocked.Increment(ref loads);
        if (Damaged is { } damaged && damaged.Equals(id))
            throw StoreDamagedException.State($"chain of {id}", new FormatException());
        if (Away || FailLoads > 0)
        {
            FailLoads = Math.Max(0, FailLoads - 1);
            throw new StoreUnavailableException("The store is away.");
        }

        var loaded = InsteadOfNextLoad ?? await store.Load(id, stop);
        InsteadOfNextLoad = null;
        await AfterLoad(id);
        return loaded;
    }

    public async ValueTask<SaveResult> Save(
        TState next, VersionToken expected, IReadOnlyList<AuditEntry> entries, CancellationToken stop)
    {
        Interlocked.Increment(ref saves);
        await BeforeSave(next);
        if (Away)
            return SaveResult.Unavailable;
        if (!faults.TryDequeue(out var fault))
            return await store.Save(next, expected, entries, stop);
        if (fault == Fault.DidPersist && await store.Save(next, expected, entries, stop) is { Outcome: not SaveOutcome.Saved } honest)
            return honest;
        await AfterFault();
        return fault == Fault.Conflict ? SaveResult.Conflict : SaveResult.Unavailable;
    }

    public ValueTask<IReadOnlyList<TId>> List(TId? after, int limit, CancellationToken stop) =>
        Away ? throw new StoreUnavailableException("The store is away.") : store.List(after, limit, stop);
}
