using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Migration;
using Tumbler.Core.Migration;
using Tumbler.Engine.Migration;
using Tumbler.Grains.Members;
using Tumbler.Grains.Tests.Keys;

namespace Tumbler.Grains.Tests.Migration;

public sealed class ClusterMigrationTests : IAsyncLifetime
{
    private const string Key = "a shared key of billing";

    private RingSilos cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await RingSilos.Deploy();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task The_report_is_of_all_silos_and_names_who_did_not_answer()
    {
        var plan = new MigrationPlan(MigrationPhase.Dual, FrozenDictionary<string, MigrationPhase>.Empty, default, null);
        foreach (var silo in cluster.Silos)
        {
            var keys = silo.ServiceProvider.GetRequiredService<SharedKeys>();
            keys.Replace(new SharedKeySetup(plan, new Dictionary<string, string> { ["billing"] = Key }));
            keys.Present(Key, null, "192.0.2.1", RequestOrigin.Local);
            keys.Present(Key, null, silo == cluster.Silos[0] ? "192.0.2.2" : "192.0.2.3", RequestOrigin.Local);
        }

        var (here, other) = (cluster.Silos[0], cluster.Silos[1]);
        var whole = await Report(here);
        Assert.Equal([new SharedKeyUse("billing", null, 4, 0, cluster.Clock.Now, 3)], whole.Uses);
        Assert.Equal(2, whole.Silos.Count);
        Assert.DoesNotContain(whole.Silos, silo => silo.Since is null);

        await cluster.Kill(other);
        var part = await Report(here);
        Assert.Equal(2, part.Uses.Single().Accepted);
        Assert.DoesNotContain(part.Silos, silo => silo.Name == other.Name && silo.Since is not null);
    }

    private static async Task<MigrationView> Report(Orleans.TestingHost.InProcessSiloHandle silo) =>
        (await ActivatorUtilities.CreateInstance<ClusterMigration>(silo.ServiceProvider).Get()).Value!;
}
