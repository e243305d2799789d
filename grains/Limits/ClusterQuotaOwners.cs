using Orleans.Runtime;
using Tumbler.Contracts.Limits;
using Tumbler.Engine.Limits;

namespace Tumbler.Grains.Limits;

internal sealed class ClusterQuotaOwners(IGrainFactory grains, QuotaPeers peers, TimeProvider clock) : IQuotaOwners
{
    /// <summary>A hundred times what an answer takes. Requests wait so long once, when a silo is lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public string Here => peers.Here;

    public int Silos => peers.Silos;

    public async ValueTask<QuotaLease?> Ask(QuotaId id, QuotaAsk ask)
    {
        try
        {
            return await grains.GetGrain<IQuotaGrain>(id.ToString()).Lease(ask).WaitAsync(Patience, clock);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or ObjectDisposedException)
        {
            return null;
        }
    }
}
