using System.Collections.Immutable;
using Tumbler.Contracts.Limits;

namespace Tumbler.Core.Limits;

/// <summary>The owner's book of one quota: which window it is, and what of the limit each silo has had. All instants are of one
/// steady clock, the owner's own.</summary>
public sealed record QuotaLedger
{
    /// <summary>How long a silo that found nothing left waits while others may still give something back.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A silo that has not asked for so long may hold tokens that others starve for. Longer than any silo waits for an
    /// answer: else it might be asked for a lease that is still on its way to it.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    public static readonly QuotaLedger Empty = new();

    private QuotaLedger() { }

    private long Window { get; init; }

    private TimeSpan EndsAt { get; init; } = TimeSpan.MinValue;

    private int Limit { get; init; }

    /// <summary>Had by silos of which nothing is known any more.</summary>
    private int Lost { get; init; }

    private ImmutableDictionary<string, LedgerAccount> Accounts { get; init; } = ImmutableDictionary<string, LedgerAccount>.Empty;

    private int Remaining => Math.Max(0, Limit - Lost - Accounts.Values.Sum(account => account.Used));

    /// <summary>Goes on where a lost owner was. What no living silo had is taken as had by the lost ones.</summary>
    public static QuotaLedger Recover(IReadOnlyCollection<QuotaMemory> memories, QuotaRule rule, TimeSpan now)
    {
        // Numbers go on as well: by them a silo's word of an earlier window is known for what it is. Number 0 is a window that a
        // silo opened by itself while there was no owner.
        var window = memories.Select(memory => memory.Window).DefaultIfEmpty().Max();
        var current = memories.Where(memory => memory.Rest > TimeSpan.Zero && (memory.Window == window || memory.Window == 0)).ToList();
        if (current.Count == 0)
            return Empty with { Window = window };

        var ledger = new QuotaLedger
        {
            Window = Math.Max(window, 1),
            EndsAt = now + current.Max(memory => memory.Rest),
            Limit = rule.Limit,
            Lost = Math.Max(0, rule.Limit - current.Min(memory => memory.Remaining) - current.Sum(memory => memory.Leased)),
        };
        return current.Aggregate(ledger, (known, memory) => memory.Account is { } account ? known.Settle(account, now) : known);
    }

    /// <summary>A lease for who asks: generous at first, single tokens in the end, so that all of the limit is given out and
    /// little of it lies where it is not used.</summary>
    /// <param name="silos">Those alive now.</param>
    public (QuotaLedger Next, QuotaLease Lease) Grant(QuotaAsk ask, TimeSpan now, int silos)
    {
        var ledger = At(now, ask.Rule);
        if (ledger.IsLate(ask.Account))
            return (ledger, ledger.LeaseOf(ask.Account.Holder, 0, now));

        ledger = ledger.Settle(ask.Account, now);
        var left = ledger.Remaining;
        var size = silos <= 1 ? left : Math.Min(left, Math.Max(1, left / (2 * silos)));
        ledger = ledger.With(ask.Account.Holder, ledger.Accounts[ask.Account.Holder] with { Leased = size });
        return (ledger, ledger.LeaseOf(ask.Account.Holder, size, now));
    }

    /// <summary>Takes a silo at its word: it has spent so much and holds nothing more.</summary>
    public QuotaLedger Settle(QuotaAccount account, TimeSpan now)
    {
        if (IsLate(account))
            return this;

        // What was spent in an earlier window is over. What was spent while there was no owner counts.
        var spent = account.Window > 0 && account.Window < Window ? 0 : account.Spent;
        return With(account.Holder, new LedgerAccount(account.Turn, spent, 0, now, WrittenOff: false));
    }

    /// <summary>Who may hold tokens without using them.</summary>
    public IReadOnlyList<string> IdleAt(TimeSpan now) =>
        [.. Accounts.Where(each => each.Value.IsOutstanding && now - each.Value.At >= Idle).Select(each => each.Key)];

    /// <summary>What this silo holds stays its own for this window, whether it lives or not.</summary>
    public QuotaLedger WriteOff(string holder) =>
        Accounts.TryGetValue(holder, out var account) ? With(holder, account with { WrittenOff = true }) : this;

    private QuotaLedger At(TimeSpan now, QuotaRule rule) => now < EndsAt
        ? this with { Limit = rule.Limit }
        : new QuotaLedger { Window = Window + 1, EndsAt = now + rule.Window, Limit = rule.Limit };

    private bool IsLate(QuotaAccount account) =>
        Accounts.TryGetValue(account.Holder, out var known) && account.Turn < known.Turn;

    private QuotaLedger With(string holder, LedgerAccount account) => this with { Accounts = Accounts.SetItem(holder, account) };

    private QuotaLease LeaseOf(string holder, int granted, TimeSpan now)
    {
        var (rest, left) = (EndsAt - now, Remaining);
        var comesBack = Accounts.Any(each => each.Key != holder && each.Value.IsOutstanding);
        var pause = left > 0 ? TimeSpan.Zero : comesBack && rest > Pause ? Pause : rest;
        return new QuotaLease(Window, rest, Accounts[holder].Spent, granted, left, pause);
    }
}
