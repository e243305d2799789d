using Orleans.Runtime;
using Orleans.Runtime.Services;
using Tumbler.Contracts.Limits;

namespace Tumbler.Grains.Limits;

/// <summary>The silos as the owner of a quota sees them. One that does not answer soon is done without: somebody's request
/// waits.</summary>
internal sealed class QuotaPeers(IServiceProvider services, ISiloStatusOracle members, TimeProvider clock)
    : GrainServiceClient<IQuotaService>(services)
{
    /// <summary>Three times in one lease at most, and still within what the asking silo waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public TimeSpan Now => clock.GetElapsedTime(0);

    public string Here { get; } = members.SiloAddress.ToParsableString();

    public int Silos => members.GetActiveSilos().Length;

    /// <summary>What the living silos know of a quota.</summary>
    public async Task<IReadOnlyCollection<QuotaMemory>> Recall(QuotaId id)
    {
        var known = await Task.WhenAll(members.GetActiveSilos().Select(silo => Settle(silo, id)));
        return [.. known.OfType<QuotaMemory>()];
    }

    /// <returns>Null when it is gone, does not answer or knows nothing.</returns>
    public Task<QuotaMemory?> Settle(string holder, QuotaId id)
    {
        var silo = SiloAddress.FromParsableString(holder);
        return members.GetActiveSilos().Contains(silo) ? Settle(silo, id) : Task.FromResult<QuotaMemory?>(null);
    }

    /// <summary>Leaves word with the next silo, if it can be had.</summary>
    public async Task Tell(QuotaId id, QuotaMemory memory)
    {
        var silos = members.GetActiveSilos();
        if (silos.Length < 2)
            return;
        Array.Sort(silos);
        var next = silos[(Array.IndexOf(silos, members.SiloAddress) + 1) % silos.Length];
        await Try(async () =>
        {
            await GetGrainService(next).RememberQuota(id, memory).WaitAsync(Patience, clock);
            return memory;
        });
    }

    private Task<QuotaMemory?> Settle(SiloAddress silo, QuotaId id) =>
        Try(async () => await GetGrainService(silo).SettleQuota(id).WaitAsync(Patience, clock));

    private static async Task<QuotaMemory?> Try(Func<Task<QuotaMemory?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or ObjectDisposedException)
        {
            return null;
        }
    }
}
