using Tumbler.Contracts.Limits;
using Tumbler.Core.Limits;
using Tumbler.Engine.Limits;

namespace Tumbler.Engine.Single;

/// <summary>In one process who asks is given the whole window. So nothing is kept of it here: who asks again does so because it
/// is over.</summary>
internal sealed class SingleQuotaOwner(TimeProvider clock) : IQuotaOwners
{
    public string Here => "here";

    public int Silos => 1;

    public ValueTask<QuotaLease?> Ask(QuotaId id, QuotaAsk ask)
    {
        var now = clock.GetElapsedTime(0);
        var over = new QuotaMemory(ask.Account.Window, TimeSpan.Zero, 0, 0, null);
        return new(QuotaLedger.Recover([over], ask.Rule, now).Grant(ask, now, Silos).Lease);
    }
}
