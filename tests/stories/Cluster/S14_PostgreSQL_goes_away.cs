using System.Diagnostics;
using System.Net;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S14_PostgreSQL_goes_away(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "stored", Served = "stored_served", Stranger = "stored_stranger", Audience = "https://stored.example";
    private static readonly TimeSpan Away = StoryRun.Long ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(8);
    private static readonly TimeSpan RefusedWithin = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task What_is_known_is_served_all_the_while_and_changes_are_refused_until_it_is_back()
    {
        await cluster.Healthy();
        using var changes = new ChangeLedger(cluster);
        var admin = changes.Admin(cluster.Gateway);

        // Its next key is published a whole interval ahead, so the last rotation before the loss is to one that all silos have.
        await admin.PutRing(Ring, new { algorithm = "ES256", interval = "PT168H" });
        await admin.CreateOrganization(Ring);

        // Not the one whose keys are revoked meanwhile: of whom something was just withdrawn nobody says anything before the
        // database has said what.
        await admin.CreateOrganization(Served);
        var client = await admin.CreateApiKey(Served, Audience);
        await admin.CreateOrganization(Stranger);
        var stranger = await admin.CreateApiKey(Stranger, Audience);
        var starts = cluster.Silos.Sum(silo => silo.Ends);
        await using var clients = await ForeignClients.Start(
            run, client, Ring, $"{cluster.Issuer}/rings/{Ring}", Audience, cluster.Gateway, cluster.Silos.Select(silo => silo.Url));
        await using var checks = await KeyChecks.Start(cluster, client);
        await using var readiness = new ReadinessWatch(cluster);

        TimeSpan slowest, back, again;
        await using (new Rotators(admin, Ring))
        {
            await cluster.Postgres.Stop();
            await AllSay("degraded", storeAnswers: false);
            slowest = await Refusals(changes, stranger);
            back = await UntilChanged(admin, cluster.Postgres.Start());
            await AllSay("ready", storeAnswers: true);

            again = await UntilChanged(admin, cluster.Postgres.Kill());
            await AllSay("ready", storeAnswers: true);
        }

        await checks.Stop();
        await readiness.Stop();
        var report = await clients.Stop();
        run.Measured($"PostgreSQL stopped for {Away.TotalSeconds:F0} s: changes refused after at most {slowest.TotalSeconds:F2} s, made again {back.TotalSeconds:F2} s after it was started; killed: made again after {again.TotalSeconds:F2} s. {report.Verified} of {report.Issued} tokens verified by jose, {checks.Count} API-key checks, {checks.Failures.Count} failed, slowest {checks.Slowest.TotalSeconds:F2} s; no silo called itself ready or degraded for {readiness.AllAway.TotalSeconds:F2} s; longest silence: {report.Gaps}");
        Assert.Empty(checks.Failures);
        Assert.True(readiness.AllAway < TimeSpan.FromSeconds(1), $"For {readiness.AllAway.TotalSeconds:F2} s whoever goes by readiness had no silo to ask.");
        foreach (var target in report.Targets.Keys)
            report.AssertNothingFailedAt(target);
        report.AssertEveryTokenVerifies();
        Assert.Equal(starts, cluster.Silos.Sum(silo => silo.Ends));
        await new ClusterVerdict(cluster).Assert(changes, Ring);
    }

    private Task AllSay(string status, bool storeAnswers) => Task.WhenAll(cluster.Silos.Select(silo =>
        Until.True($"{silo.Name} says {status}", Patience, async () =>
            await silo.Readiness() is { Code: 200 } said && said.Status == status && said.Ok("store") == storeAnswers)));

    /// <summary>Asks everybody for changes, and for what they cannot know, as long as the database is away.</summary>
    /// <returns>How long the slowest refusal took.</returns>
    private async Task<TimeSpan> Refusals(ChangeLedger changes, NewApiKey stranger)
    {
        var slowest = TimeSpan.Zero;
        Uri[] addresses = [cluster.Gateway, .. cluster.Silos.Select(silo => silo.Url)];
        for (var away = Stopwatch.StartNew(); away.Elapsed < Away;)
        {
            foreach (var address in addresses)
            {
                var admin = changes.Admin(address);
                var watch = Stopwatch.StartNew();
                await Refused(() => admin.CreateApiKey(Ring));
                await Refused(() => admin.Rotate(Ring, "immediate"));
                slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            }

            // One silo has made it and knows it.
            var knowing = await Task.WhenAll(cluster.Silos.Select(silo => Knows(silo, stranger)));
            Assert.True(knowing.Count(knows => knows) <= 1);
            foreach (var silo in cluster.Silos)
                Assert.Equal("degraded", (await silo.Readiness()).Status);
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(slowest < RefusedWithin, $"Two refusals took {slowest.TotalSeconds:F2} s.");
        return slowest;
    }

    /// <summary>Who does not know it says so, and not that it is wrong.</summary>
    private static async Task<bool> Knows(ClusterSilo silo, NewApiKey stranger)
    {
        try
        {
            Assert.True((await silo.Admin.VerifyApiKey(stranger.Key)).Valid);
            return true;
        }
        catch (RefusedException)
        {
            await Refused(() => silo.Admin.VerifyApiKey(stranger.Key));
            await Refused(() => silo.Tokens.ByBasic(stranger, $"/rings/{Ring}/oauth2/token"));
            return false;
        }
    }

    private static async Task Refused(Func<Task> ask)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(ask);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.NotNull(refused.RetryAfter);
    }

    private static async Task<TimeSpan> UntilChanged(AdminClient admin, Task happens)
    {
        var watch = Stopwatch.StartNew();
        await happens;
        await Until.True("changes are made again", Patience, async () =>
        {
            try
            {
                await admin.CreateApiKey(Ring);
                return true;
            }
            catch (Exception e) when (e is RefusedException or HttpRequestException)
            {
                return false;
            }
        });
        return watch.Elapsed;
    }
}
