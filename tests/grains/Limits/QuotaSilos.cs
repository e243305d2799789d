using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.TestingHost;
using Tumbler.Contracts.Limits;
using Tumbler.Engine.Limits;
using Tumbler.Grains.Limits;
using Tumbler.Grains.Wire;
using Tumbler.Tests.Clock;

namespace Tumbler.Grains.Tests.Limits;

/// <summary>Three silos with nothing but quotas, on one clock that stands still.</summary>
internal sealed class QuotaSilos : IAsyncDisposable
{
    public static readonly QuotaRule Rule = new(100, TimeSpan.FromMinutes(1));

    private readonly InProcessTestCluster cluster;
    private int leases;

    private QuotaSilos()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => silo
            .AddIncomingGrainCallFilter(Watch)
            .Services.AddSerializer(serializer => serializer.AddContracts()).AddClusterQuotas(Clock));
        builder.ConfigureClientHost(host => host.Services.AddSerializer(serializer => serializer.AddContracts()));
        cluster = builder.Build();
    }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));

    /// <summary>Owners answer when this is done.</summary>
    public Task Wire { get; set; } = Task.CompletedTask;

    /// <summary>How often owners were asked.</summary>
    public int Leases => leases;

    public IReadOnlyList<InProcessSiloHandle> Silos => cluster.Silos;

    public static async Task<QuotaSilos> Start()
    {
        var silos = new QuotaSilos();
        await silos.cluster.DeployAsync();
        return silos;
    }

    /// <summary>Callers at the silos in turn.</summary>
    /// <returns>How many were let through.</returns>
    public static async Task<int> Flood(QuotaId id, int callers, int each, params IReadOnlyList<InProcessSiloHandle> at)
    {
        var allowed = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                if ((await Take(id, at[caller % at.Count])).Allowed)
                    Interlocked.Increment(ref allowed);
            }
        })));
        return allowed;
    }

    public static ValueTask<QuotaAnswer> Take(QuotaId id, InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<IQuotas>().Take(id, Rule);

    public InProcessSiloHandle OwnerOf(QuotaId id)
    {
        Assert.True(cluster.TryGetGrainContext(Grain(id).GetGrainId(), out var context));
        return Silos.Single(silo => silo.SiloAddress.Equals(context.Address.SiloAddress));
    }

    /// <summary>Ends the grain, as it ends when it is idle.</summary>
    public Task Collect(QuotaId id) => cluster.DeactivateAsync(Grain(id));

    /// <summary>Without a word to the others.</summary>
    public async Task Kill(InProcessSiloHandle silo)
    {
        await cluster.KillSiloAsync(silo);
        await cluster.WaitForLivenessToStabilizeAsync(didKill: true);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }

    private IQuotaGrain Grain(QuotaId id) => cluster.Client.GetGrain<IQuotaGrain>(id.ToString());

    private async Task Watch(IIncomingGrainCallContext call)
    {
        if (call.InterfaceName.EndsWith(nameof(IQuotaGrain), StringComparison.Ordinal))
        {
            Interlocked.Increment(ref leases);
            await Wire;
        }

        await call.Invoke();
    }
}
