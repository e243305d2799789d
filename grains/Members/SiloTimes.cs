using Orleans.Configuration;

namespace Tumbler.Grains.Members;

/// <summary>How soon a lost silo is noticed, as it was measured: killed 4.6 s, frozen 10 to 12 s; with the defaults up to 102 s.</summary>
internal static class SiloTimes
{
    public static void UseTumblerTimes(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(2);
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);

            // Longer than it takes to bury silos that died together with the whole cluster: three times the above. Whoever is
            // refused by all members gives up then.
            options.MaxJoinAttemptTime = TimeSpan.FromSeconds(60);

            // By the clock of whoever looks: one silo that is a minute ahead would declare dead whoever wants to join. Who dies while
            // joining is no member, and its row goes when it starts again.
            options.EvictWhenMaxJoinAttemptTimeExceeded = false;

            // Asking others first takes a frozen silo's probes three times as long.
            options.EnableIndirectProbes = false;
        });
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = TimeSpan.FromSeconds(8);
            options.SystemResponseTimeout = TimeSpan.FromSeconds(8);
        });
    }
}
