using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;
using Tumbler.Engine.Limits;
using Tumbler.Tests.Clock;

namespace Tumbler.Engine.Tests.Limits;

/// <summary>One silo's way to ledgers in memory, which may fall silent or let one wait.</summary>
internal sealed class LedgerOwners(Dictionary<QuotaId, QuotaLedger> ledgers, ManualClock clock, string here = "here", int silos = 3) : IQuotaOwners
{
    private int asks;

    public string Here => here;

    public int Silos => silos;

    public int Asks => asks;

    public bool Silent { get; set; }

    /// <summary>An answer comes when this is done.</summary>
    public Task Wire { get; set; } = Task.CompletedTask;

    public async ValueTask<QuotaLease?> Ask(QuotaId id, QuotaAsk ask)
    {
        Interlocked.Increment(ref asks);
        await Wire;
        if (Silent)
            return null;
        lock (ledgers)
        {
            (ledgers[id], var lease) = ledgers.GetValueOrDefault(id, QuotaLedger.Empty).Grant(ask, clock.GetElapsedTime(0), silos);
            return lease;
        }
    }
}
