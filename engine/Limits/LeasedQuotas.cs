using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Limits;

namespace Tumbler.Engine.Limits;

/// <summary>Spends tokens that the quotas' owners have leased to this silo.</summary>
public sealed class LeasedQuotas : IQuotas, IDisposable
{
    /// <summary>How many are counted apart at most, about 15 MB. Whoever comes after that shares one quota of the same routes
    /// with all who do, until windows end: made-up names get neither memory nor a way around the limit.</summary>
    public const int Most = 50_000;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<QuotaId, SharedLease> leases = [];
    private readonly LeaseDesk desk;
    private readonly ITimer sweep;
    private int count;

    public LeasedQuotas(IQuotaOwners owners, TimeProvider clock, ILogger<LeasedQuotas> log)
    {
        desk = new LeaseDesk(owners, clock, log);
        sweep = clock.CreateTimer(_ => Forget(), null, BetweenSweeps, BetweenSweeps);
    }

    /// <summary>Quotas of which something is held.</summary>
    public int Count => Volatile.Read(ref count);

    public ValueTask<QuotaAnswer> Take(QuotaId id, QuotaRule rule)
    {
        while (true)
        {
            var lease = LeaseOf(id);
            if (lease.TryTake(rule, out var answer, out var wait))
                return new ValueTask<QuotaAnswer>(answer);
            if (wait is null)
                Drop(lease);
            else if (!wait.IsCompletedSuccessfully)
                return TakeAfter(wait, id, rule);
        }
    }

    /// <summary>For the owner: gives up what is not spent, and says what is known here. Null when nothing is.</summary>
    public QuotaMemory? Settle(QuotaId id) => leases.TryGetValue(id, out var lease) ? lease.Settle() : null;

    /// <summary>For the owner: keeps in mind how far the window is.</summary>
    public void Remember(QuotaId id, QuotaMemory told)
    {
        if (Count < Most || leases.ContainsKey(id))
            LeaseOf(id).Remember(told);
    }

    public void Dispose() => sweep.Dispose();

    // Ends, because each round brings a lease, a refusal or, after a second of the owner's silence, a share.
    private async ValueTask<QuotaAnswer> TakeAfter(Task wait, QuotaId id, QuotaRule rule)
    {
        await wait;
        return await Take(id, rule);
    }

    private SharedLease LeaseOf(QuotaId id)
    {
        if (leases.TryGetValue(id, out var known))
            return known;
        if (Count >= Most && id != id.OfTheCrowd)
            return LeaseOf(id.OfTheCrowd);
        var added = new SharedLease(id, desk);
        var lease = leases.GetOrAdd(id, added);
        if (lease == added)
            Interlocked.Increment(ref count);
        return lease;
    }

    private void Forget()
    {
        foreach (var (_, lease) in leases)
        {
            if (lease.TryForget())
                Drop(lease);
        }
    }

    private void Drop(SharedLease forgotten)
    {
        if (leases.TryRemove(KeyValuePair.Create(forgotten.Id, forgotten)))
            Interlocked.Decrement(ref count);
    }
}
