using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Tumbler.Engine.Limits;

namespace Tumbler.Grains.Limits;

/// <summary>Quotas over all silos: each has an owner among them that leases its tokens to the others.</summary>
internal static class ClusterQuotas
{
    /// <param name="clock">Not a fast one: it is real callers that are limited, and real silos that are waited for.</param>
    public static IServiceCollection AddClusterQuotas(this IServiceCollection services, TimeProvider clock) => services
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<QuotaPeers>(provider, clock))
        .AddSingleton<IQuotaOwners>(provider => ActivatorUtilities.CreateInstance<ClusterQuotaOwners>(provider, clock))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<LeasedQuotas>(provider, clock))
        .AddSingleton<IQuotas>(provider => provider.GetRequiredService<LeasedQuotas>())
        .AddGrainService<QuotaService>();
}
