using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S13_Redis_goes_away(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "forgotten", Audience = "https://forgotten.example";
    private static readonly TimeSpan Away = StoryRun.Long ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(8);

    /// <summary>The last of three silos leaves after twice 30 s at the latest, and enters a cluster that is there.</summary>
    private static readonly TimeSpan OneAgainWithin = TimeSpan.FromSeconds(120);

    /// <summary>Before a supervisor kills it.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nobody_notices_while_it_is_away_and_without_its_data_the_silos_become_one_cluster_again()
    {
        await cluster.Healthy();
        await cluster.UntilOneCluster();
        using var changes = new ChangeLedger(cluster);
        var admin = changes.Admin(cluster.Gateway);
        await admin.PutRing(Ring, Onlookers.Weekly("ES256"));
        await admin.CreateOrganization(Ring);
        var client = await admin.CreateApiKey(Ring, Audience);

        await using (new Rotators(admin, Ring))
        {
            await Stopped(changes, client);
            if (StoryRun.Long)
            {
                await Lost(changes, client, "replaced by an empty one and a silo started", async () =>
                {
                    await cluster.Silos[2].Stop();
                    await cluster.Redis.Replace();
                    await cluster.Silos[2].Start(wait: false);
                });
                await Lost(changes, client, "flushed", cluster.Redis.Flush);
            }
        }

        await RotationsGoOn(admin);
        await new ClusterVerdict(cluster).Assert(changes, Ring);
    }

    private Task<ForeignClients> Clients(NewApiKey client) => ForeignClients.Start(
        run, client, Ring, $"{cluster.Issuer}/rings/{Ring}", Audience, cluster.Gateway, cluster.Silos.Select(silo => silo.Url));

    private async Task Stopped(ChangeLedger changes, NewApiKey client)
    {
        await using var clients = await Clients(client);
        var (before, ends) = (changes.Changes.Count, Ends);
        await cluster.Redis.Stop();
        await Task.Delay(Away, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(cluster.Silos.Select(silo => silo.IsReady())), Assert.True);

        // A silo that is told to end does.
        var report = await clients.Stop();
        var watch = Stopwatch.StartNew();
        await cluster.Silos[2].Stop();
        var ended = watch.Elapsed;
        await cluster.Redis.Start();
        await cluster.Silos[2].Start();
        await cluster.UntilOneCluster();

        run.Measured($"Redis stopped for {Away.TotalSeconds:F0} s: {report.Verified} of {report.Issued} tokens verified by jose, {changes.Changes.Count - before} changes, {changes.NotConfirmed.Count()} not confirmed; a silo ended in {ended.TotalSeconds:F1} s; longest silence: {report.Gaps}");
        foreach (var target in report.Targets.Keys)
            report.AssertNothingFailedAt(target);
        report.AssertEveryTokenVerifies();
        Assert.Empty(changes.NotConfirmed);
        Assert.Equal(ends + 1, Ends);
        Assert.True(ended < EndsWithin, $"Without Redis a silo took {ended.TotalSeconds:F1} s to end.");
    }

    private int Ends => cluster.Silos.Sum(silo => silo.Ends);

    private async Task Lost(ChangeLedger changes, NewApiKey client, string how, Func<Task> lose)
    {
        await using var clients = await Clients(client);
        var unconfirmed = changes.NotConfirmed.Count();
        var generation = await Generation();
        var watch = Stopwatch.StartNew();
        await lose();
        await Until.True("there is a new generation", OneAgainWithin, async () =>
            await Generation() is { Length: > 0 } now && now != generation && !now.Contains("proposed", StringComparison.Ordinal));
        await cluster.UntilOneCluster();
        var passed = watch.Elapsed;

        var report = await clients.Stop();
        run.Measured($"Redis {how}: one cluster again after {passed.TotalSeconds:F1} s, {report.Verified} of {report.Issued} tokens verified by jose, {changes.NotConfirmed.Count() - unconfirmed} changes not confirmed; longest silence: {report.Gaps}");
        report.AssertNothingFailedAt(ForeignReport.Gateway);
        report.AssertEveryTokenVerifies();
        Assert.True(passed < OneAgainWithin, $"It took {passed.TotalSeconds:F1} s.");
    }

    private Task<string> Generation() => cluster.Redis.Ask("GET", "tumbler/tumbler/generation");

    /// <summary>What is to be done a minute after each has a reminder again, and is done.</summary>
    private async Task RotationsGoOn(AdminClient admin)
    {
        await admin.Rotate(Ring, "immediate");
        await Until.True("the ring has a reminder", Patience, async () => (await cluster.Admin.Cluster()).Reminders > 0);
        if (StoryRun.Long)
        {
            await Until.True("the keys before the signing one are destroyed", TimeSpan.FromMinutes(3), async () =>
                (await cluster.Admin.Keys(Ring)).Where(key => key.State == "retired").All(key => key.PrivateKeyDestroyedAt is not null));
        }
    }
}
