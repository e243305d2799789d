using Tumbler.Contracts.Limits;

namespace Tumbler.Core.Limits;

/// <summary>What a silo holds of one quota. All instants are of one steady clock, the silo's own. The default is that nothing is
/// known.</summary>
public readonly record struct HeldQuota
{
    /// <summary>How long a silo waits with asking again after the owner did not answer.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private long Window { get; init; }

    public TimeSpan EndsAt { get; private init; }

    private TimeSpan AskAt { get; init; }

    private int Spent { get; init; }

    private int Tokens { get; init; }

    private int Leased { get; init; }

    private int OwnerHas { get; init; }

    /// <summary>The owner does not answer: the silo spends its fair share.</summary>
    public bool IsAlone { get; private init; }

    /// <summary>An owner has had the share back: there is one again, and it is asked before anybody is refused.</summary>
    private bool IsGivenUp { get; init; }

    /// <summary>What is still to be had by anyone, as far as it is known here.</summary>
    public int Remaining => IsAlone ? Tokens : Tokens + OwnerHas;

    public bool IsOver(TimeSpan now) => now >= EndsAt;

    /// <summary>Over at the owner too, which was heard no more than <see cref="QuotaLedger.Idle"/> after it was asked.</summary>
    public bool IsLongOver(TimeSpan now) => now >= EndsAt + QuotaLedger.Idle;

    public QuotaUse UseAt(TimeSpan now) =>
        IsOver(now) ? QuotaUse.Ask
        : Tokens > 0 ? QuotaUse.Spend
        : IsGivenUp || (now >= AskAt && !IsAlone) ? QuotaUse.Ask
        : QuotaUse.Refuse;

    /// <summary>Nobody waits for the answer: what to do meanwhile is known.</summary>
    public bool IsRetryDue(TimeSpan now) => IsAlone && now >= AskAt;

    public HeldQuota Spend() => this with { Tokens = Tokens - 1, Spent = Spent + 1 };

    /// <summary>For the owner. A window that is over here is spoken of all the same: at the owner it may last a moment longer.</summary>
    public QuotaAccount Account(string holder, long turn, TimeSpan now) =>
        new(holder, turn, Window, Window == 0 && IsOver(now) ? 0 : Spent);

    /// <param name="asked">What the owner was told; what was spent since counts against the lease.</param>
    /// <param name="askedAt">The window is counted from then, not from the answer: it ends here no later than at the owner's.</param>
    public HeldQuota Take(QuotaLease lease, QuotaAccount asked, TimeSpan askedAt)
    {
        var meanwhile = IsAlone ? Math.Max(0, Spent - asked.Spent) : 0;
        return new HeldQuota
        {
            Window = lease.Window,
            EndsAt = askedAt + lease.Rest,
            AskAt = askedAt + lease.Pause,
            Spent = lease.Charged + meanwhile,
            Tokens = Math.Max(0, lease.Granted - meanwhile),
            Leased = lease.Charged + lease.Granted,

            // What was remembered since may be newer than the answer.
            OwnerHas = lease.Window == Window ? Math.Min(lease.Remaining, OwnerHas) : lease.Remaining,
        };
    }

    /// <summary>Without an owner each silo lets through its part, as if all had the same demand: never the whole limit, never
    /// nothing.</summary>
    public HeldQuota FairShare(QuotaRule rule, int silos, TimeSpan now)
    {
        var share = Math.Max(1, rule.Limit / Math.Max(1, silos));
        var window = IsOver(now) ? new HeldQuota { EndsAt = now + rule.Window, OwnerHas = rule.Limit } : this;
        return window with { Tokens = Math.Max(0, share - window.Spent), AskAt = now + Retry, IsAlone = true, IsGivenUp = false };
    }

    /// <summary>Gives up what is not spent, and says what is known.</summary>
    /// <param name="turn">The last one that was asked with: an ask on its way is no older than this.</param>
    public (HeldQuota Next, QuotaMemory Known) Settle(string holder, long turn, TimeSpan now)
    {
        var next = this with
        {
            Tokens = 0,
            Leased = Spent,
            OwnerHas = Math.Max(0, OwnerHas + Leased - Spent),
            AskAt = IsAlone ? AskAt : now,
            IsGivenUp = IsAlone,
        };
        return (next, new QuotaMemory(Window, EndsAt - now, OwnerHas, Leased, Account(holder, turn, now)));
    }

    /// <summary>Keeps what the owner gave out on its own silo, in case that one is lost.</summary>
    public HeldQuota Remember(QuotaMemory told, TimeSpan now) =>
        IsOver(now) ? new HeldQuota { Window = told.Window, EndsAt = now + told.Rest, OwnerHas = told.Remaining }
        : told.Window == Window ? this with { OwnerHas = Math.Min(told.Remaining, OwnerHas) }
        : this;
}
