using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;

namespace Tumbler.Core.Tests.Limits;

/// <summary>One quota among silos, step by step: messages take as long as the test lets them, or get lost.</summary>
internal sealed class QuotaCluster(int silos, QuotaRule rule)
{
    private readonly List<Silo> members = [.. Enumerable.Range(0, silos).Select(number => new Silo($"silo {number}"))];
    private readonly SortedDictionary<long, int> windows = [];
    private QuotaLedger? ledger = QuotaLedger.Empty;
    private long turn;
    private int lives;
    private TimeSpan killed;

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>Where the ledger is kept.</summary>
    public int Owner { get; private set; }

    /// <summary>What was let through in each of the owner's windows.</summary>
    public IEnumerable<int> Spent => windows.Values;

    public IReadOnlyList<Silo> Silos => members;

    /// <summary>A request at a silo: it spends a token, or its silo asks for some.</summary>
    public QuotaUse Request(int number)
    {
        var silo = members[number];
        var use = silo.Held.UseAt(Now);
        if (use == QuotaUse.Spend)
        {
            silo.Held = silo.Held.Spend();
            windows[silo.Window] = windows.GetValueOrDefault(silo.Window) + 1;
        }
        else if (use == QuotaUse.Ask && silo.Asked is null)
        {
            silo.Turn = ++turn;
            silo.Asked = new Ask(new QuotaAsk(rule, silo.Held.Account(silo.Name, silo.Turn, Now)), Now);
            silo.OnTheWay.Add(silo.Asked);
        }

        return use;
    }

    /// <summary>A request with a quick owner.</summary>
    public bool Serve(int number)
    {
        QuotaUse use;
        while ((use = Request(number)) == QuotaUse.Ask)
        {
            Deliver(number, 0);
            Answer(number);
        }

        return use == QuotaUse.Spend;
    }

    /// <summary>One of the silo's asks arrives, perhaps one that it waits for no more.</summary>
    public void Deliver(int number, int which)
    {
        var (silo, owner) = (members[number], members[Owner]);
        if (silo.OnTheWay.Count == 0)
            return;
        var ask = silo.OnTheWay[which % silo.OnTheWay.Count];
        silo.OnTheWay.Remove(ask);
        ledger ??= QuotaLedger.Recover([.. members.Select(Settle)], rule, Now);
        (ledger, ask.Answer) = ledger.Grant(ask.Sent, Now, silos);
        if (ask.Answer.Granted == 0 && ledger.IdleAt(Now) is { Count: > 0 } idle)
        {
            foreach (var holder in idle)
            {
                ledger = members.Find(each => each.Name == holder) is { } living
                    ? ledger.Settle(Settle(living).Account!, Now)
                    : ledger.WriteOff(holder);
            }

            (ledger, ask.Answer) = ledger.Grant(ask.Sent, Now, silos);
        }

        var next = members[(Owner + 1) % silos];
        if (silo == owner)
            next.Held = next.Held.Remember(new QuotaMemory(ask.Answer.Window, ask.Answer.Rest, ask.Answer.Remaining, 0, null), Now);
    }

    /// <summary>The answer arrives, if there is one.</summary>
    public void Answer(int number)
    {
        var silo = members[number];
        if (silo.Asked is not { Answer: { } lease } ask)
            return;
        (silo.Held, silo.Window) = (silo.Held.Take(lease, ask.Sent.Account, ask.At), lease.Window);
        silo.Asked = null;
    }

    /// <summary>The silo waits no longer; its ask may still arrive.</summary>
    public void GiveUp(int number) => members[number].Asked = null;

    /// <summary>No silo waits longer than a second.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var silo in members.Where(silo => Now - silo.Asked?.At >= TimeSpan.FromSeconds(1)))
            silo.Asked = null;
    }

    /// <summary>The owner's silo is killed and starts again, knowing nothing; another silo owns the quota. What it had sent and
    /// was not received is lost with it. Not twice in one window: then both that knew of a lease may be gone.</summary>
    public void KillOwner()
    {
        if (Now - rule.Window < killed)
            return;
        killed = Now;
        members[Owner] = new Silo($"{members[Owner].Name} again {++lives}");
        Owner = (Owner + 1 + lives % (silos - 1)) % silos;
        ledger = null;
        foreach (var silo in members)
            silo.Asked = silo.Asked is { Answer: null } ? silo.Asked : null;
    }

    private QuotaMemory Settle(Silo silo)
    {
        (silo.Held, var known) = silo.Held.Settle(silo.Name, silo.Turn, Now);
        return known;
    }

    internal sealed class Silo(string name)
    {
        public string Name { get; } = name;

        public HeldQuota Held { get; set; }

        public long Turn { get; set; }

        /// <summary>The last one it was told of.</summary>
        public long Window { get; set; }

        /// <summary>What it waits for.</summary>
        public Ask? Asked { get; set; }

        public List<Ask> OnTheWay { get; } = [];
    }

    internal sealed class Ask(QuotaAsk sent, TimeSpan at)
    {
        public QuotaAsk Sent { get; } = sent;

        public TimeSpan At { get; } = at;

        public QuotaLease? Answer { get; set; }
    }
}
