using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S12_A_silo_is_cut_off(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "parted", KeySet = $"/rings/{Ring}/.well-known/jwks.json";

    /// <summary>After the answer to a revocation nobody takes what was revoked for longer.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A key is published by one rotation and signs by the next; this is how soon every silo publishes it.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2.5);

    private readonly List<string> measured = [];
    private int revocables;

    [Fact]
    public async Task From_PostgreSQL_or_from_the_others_and_serves_nothing_that_was_revoked()
    {
        StoryRun.LongFormOnly();
        var (network, why) = await NetworkNamespace.TryMake();
        Assert.SkipWhen(network is null, $"no silo can be cut off: this process may not make a network namespace ({why})");
        using var _ = network;
        await using var onlookers = await Onlookers.Gather(run, cluster, Ring);
        var silo = cluster.Silos[^1];
        await using (var island = await Island.Around(cluster, silo, network!))
        {
            await FromPostgres(onlookers.Changes, island, silo, LinkState.Refusing);
            await FromPostgres(onlookers.Changes, island, silo, LinkState.Silent);
            await FromTheOthers(onlookers.Changes, island, silo, LinkState.Silent);
            if (StoryRun.Long)
                await FromTheOthers(onlookers.Changes, island, silo, LinkState.Refusing);
        }

        await cluster.UntilOneCluster();
        await onlookers.Verdict($"A silo is cut off. {string.Join(". ", measured)}");
    }

    /// <summary>It hears by the others that something was revoked, and can't read what there is now.</summary>
    private async Task FromPostgres(ChangeLedger changes, Island island, ClusterSilo silo, LinkState cut)
    {
        var admin = changes.Admin(cluster.Silos[0].Url);
        var revocable = await Made(admin);
        await island.FromPostgres(cut);
        var notReady = NotReady(silo, cut);
        await Revoke(revocable, admin, silo, $"PostgreSQL away ({cut})");
        var late = revocable.AskedOf(silo.Http);
        await admin.Rotate(Ring, "immediate");
        await notReady;
        Assert.True(await cluster.Silos[0].IsReady());

        await island.Heal();
        await silo.UntilReady();
        Assert.Empty((await late).Taken);
        Assert.Empty((await revocable.AskedOf(silo.Http)).Taken);
        await cluster.UntilOneCluster();
        await Until.True("it publishes what the others do", Patience, async () =>
            await silo.Http.GetText(KeySet) == await cluster.Silos[0].Http.GetText(KeySet));
    }

    private async Task NotReady(ClusterSilo silo, LinkState cut)
    {
        var cutFor = Stopwatch.StartNew();
        await Until.True("it is not ready", Patience, async () => !await silo.IsReady());
        measured.Add(FormattableString.Invariant($"not ready {cutFor.Elapsed.TotalSeconds:F2} s after it lost PostgreSQL ({cut})"));
    }

    /// <summary>Nobody tells it anything, so it has to ask PostgreSQL. Redis is where the others are.</summary>
    private async Task FromTheOthers(ChangeLedger changes, Island island, ClusterSilo silo, LinkState cut)
    {
        var (admin, beyond) = (changes.Admin(cluster.Silos[0].Url), changes.Admin(silo.Url));
        var revocable = await Made(admin);
        var ends = silo.Ends;
        await island.FromRedis(cut);
        await island.FromSilos(cut);
        await Revoke(revocable, admin, silo, $"others away ({cut})");

        // Both sides change the same ring and organisation until the others have given it up.
        do
        {
            foreach (var side in (AdminClient[])[admin, beyond])
            {
                await Task.WhenAll(side.Rotate(Ring, "immediate"), admin.CreateApiKey(Ring), beyond.CreateApiKey(Ring));
                await Task.Delay(Spread, TimeProvider.System, TestContext.Current.CancellationToken);
            }

            // It serves while it hears of changes by PostgreSQL; a single question may find that late.
            await silo.UntilReady();
        }
        while ((await cluster.Silos[0].Admin.Cluster()).HasActive(silo.Name));
        Assert.Equal(ends, silo.Ends);

        var healed = Stopwatch.StartNew();
        await island.Heal();
        await Until.True("it has ended, having been given up", Patience, () => Task.FromResult(silo.Ends > ends));
        await cluster.UntilOneCluster();
        measured.Add(FormattableString.Invariant($"one cluster again {healed.Elapsed.TotalSeconds:F2} s after the others were there again ({cut})"));
        Assert.Empty((await revocable.AskedOf(silo.Http)).Taken);
    }

    private Task<Revocable> Made(AdminClient admin) => Revocable.Make(cluster, admin, $"{Ring}_{++revocables}");

    private async Task Revoke(Revocable revocable, AdminClient admin, ClusterSilo silo, string when)
    {
        await Task.WhenAll(revocable.RevokeApiKey(admin), revocable.RevokeSigningKey(admin));
        var revoked = Stopwatch.StartNew();
        using var impatient = LocalCluster.ClientOf(silo.Url);
        impatient.Timeout = Most;
        while (await revocable.AskedOf(impatient) is { Taken: { Count: > 0 } taken })
            Assert.True(revoked.Elapsed < Most, $"{when}: {string.Join(", ", taken)} {revoked.Elapsed.TotalSeconds} s after the revocation.");
        measured.Add(FormattableString.Invariant($"{when}: refused {revoked.Elapsed.TotalSeconds:F2} s after the answer to the revocation"));
    }
}
