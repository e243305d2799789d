using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;

namespace Tumbler.Engine.Limits;

/// <summary>One quota as this silo's requests share it. The lock is held for a comparison and an addition, and once a lease for
/// sending the question.</summary>
internal sealed class SharedLease(QuotaId id, LeaseDesk desk)
{
    private readonly Lock gate = new();
    private HeldQuota held;
    private Task asking = Task.CompletedTask;
    private long turn;
    private bool forgotten;

    public QuotaId Id => id;

    /// <param name="wait">When there is no answer yet: what to wait for before trying again. Null when this lease is forgotten
    /// and a new one is to be looked for.</param>
    public bool TryTake(QuotaRule rule, out QuotaAnswer answer, out Task? wait)
    {
        (answer, wait) = (default, null);
        var now = desk.Now;
        lock (gate)
        {
            if (forgotten)
                return false;
            if (held.IsAlone && held.IsOver(now))
                held = held.FairShare(rule, desk.Silos, now);
            var use = held.UseAt(now);
            if (use == QuotaUse.Ask || held.IsRetryDue(now))
                asking = asking.IsCompleted ? Ask(rule, now) : asking;
            if (use == QuotaUse.Ask)
            {
                wait = asking;
                return false;
            }

            if (use == QuotaUse.Spend)
                held = held.Spend();
            answer = new QuotaAnswer(use == QuotaUse.Spend, rule.Limit, held.Remaining, held.EndsAt - now);
            return true;
        }
    }

    /// <summary>Gives up what is not spent.</summary>
    public QuotaMemory Settle()
    {
        lock (gate)
        {
            (held, var known) = held.Settle(desk.Here, turn, desk.Now);
            return known;
        }
    }

    public void Remember(QuotaMemory told)
    {
        lock (gate)
            held = held.Remember(told, desk.Now);
    }

    /// <summary>When its window is over, nothing is lost with it.</summary>
    public bool TryForget()
    {
        lock (gate)
            return forgotten = asking.IsCompleted && held.IsLongOver(desk.Now);
    }

    // Begun inside the lock: what is told to the owner is what is held.
    private async Task Ask(QuotaRule rule, TimeSpan now)
    {
        turn = desk.NextTurn();
        var account = held.Account(desk.Here, turn, now);
        var lease = await desk.Ask(id, new QuotaAsk(rule, account));
        lock (gate)
            held = lease is null ? held.FairShare(rule, desk.Silos, desk.Now) : held.Take(lease, account, now);
    }
}
