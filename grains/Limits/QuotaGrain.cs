using Orleans.Concurrency;
using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;

namespace Tumbler.Grains.Limits;

/// <summary>The owner of one quota. Its ledger is in memory only: what is lost with a silo is had again from the others.</summary>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class QuotaGrain(QuotaPeers peers) : Grain, IQuotaGrain
{
    private QuotaLedger? ledger;

    private QuotaId Id => QuotaId.Parse(this.GetPrimaryKeyString());

    public async Task<QuotaLease> Lease(QuotaAsk ask)
    {
        ledger ??= QuotaLedger.Recover(await peers.Recall(Id), ask.Rule, peers.Now);
        (ledger, var lease) = ledger.Grant(ask, peers.Now, peers.Silos);
        if (lease.Granted == 0 && ledger.IdleAt(peers.Now) is { Count: > 0 } idle)
        {
            await TakeBack(idle);
            (ledger, lease) = ledger.Grant(ask, peers.Now, peers.Silos);
        }

        // What was given out is known to a silo that is not this one before it is spent.
        if (ask.Account.Holder == peers.Here)
            await peers.Tell(Id, new QuotaMemory(lease.Window, lease.Rest, lease.Remaining, 0, null));
        return lease;
    }

    private async Task TakeBack(IReadOnlyList<string> idle)
    {
        var settled = await Task.WhenAll(idle.Select(holder => peers.Settle(holder, Id)));
        ledger = idle.Zip(settled).Aggregate(ledger!, (known, each) =>
            each.Second?.Account is { } account ? known.Settle(account, peers.Now) : known.WriteOff(each.First));
    }
}
