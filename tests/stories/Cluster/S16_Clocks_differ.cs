using System.Net;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S16_Clocks_differ(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "clocks", Audience = "https://clocks.example";
    private const int Ahead = 20, Behind = -20, FarAhead = 300;

    /// <summary>Silos live by the database's clock, so verifiers need none; but seconds are whole ones.</summary>
    private const int Tolerance = 1;

    /// <summary>In seconds, for asking and reading.</summary>
    private const double Measuring = 3;

    private static readonly TimeSpan Watched = StoryRun.Long ? TimeSpan.FromMinutes(3) : TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task A_little_and_nobody_notices_and_a_lot_and_that_silo_gets_no_requests_and_changes_no_key()
    {
        StoryRun.LongFormOnly();
        await cluster.Healthy();
        using var changes = new ChangeLedger(cluster);
        var admin = changes.Admin(cluster.Gateway);
        await admin.PutRing(Ring, Onlookers.Weekly("ES256"));
        await admin.CreateOrganization(Ring);
        var client = await admin.CreateApiKey(Ring, Audience);
        var (ahead, behind, late) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        try
        {
            await Set(late, FarAhead, wait: false);
            await FarDifference(changes, late);

            // Others can start meanwhile.
            await Set(ahead, Ahead);
            await Set(behind, Behind, wait: false);
            await Set(late, 0, wait: false);
            await cluster.UntilOneCluster();
            await AssertClock(ahead, client, Ahead);
            await AssertClock(behind, client, Behind);
            await AssertClock(late, client, 0);
            await LittleDifference(changes, client);
        }
        finally
        {
            string[] names = [.. cluster.Silos.Select(silo => silo.Name)];
            await cluster.Down(names);
            await cluster.Up("", under: "", names);
        }

        await new ClusterVerdict(cluster).Assert(changes, Ring);
    }

    private static async Task Set(ClusterSilo silo, int ahead, bool wait = true)
    {
        await silo.Stop();
        await silo.Start(wait, under: ahead == 0 ? "" : FakeTime.Ahead(ahead));
    }

    private static async Task AssertClock(ClusterSilo silo, NewApiKey client, int ahead)
    {
        var token = await silo.Tokens.ByBasic(client, $"/rings/{Ring}/oauth2/token");
        Assert.InRange(token.IssuedAt - Now, -Measuring, Measuring);
        await Told(silo, ahead);
    }

    /// <summary>By every silo, and by whoever asks any.</summary>
    private static Task Told(ClusterSilo silo, int ahead, ClusterSilo? by = null) =>
        Until.True($"the clock of {silo.Name} is {ahead} s ahead", Patience, async () =>
            (await (by ?? silo).Admin.Cluster()).Silos.SingleOrDefault(each => each.Name == silo.Name && each.Status == "active")?.Report?.ClockDifferenceSeconds is { } difference
            && Math.Abs(difference - ahead) < Measuring);

    private async Task LittleDifference(ChangeLedger changes, NewApiKey client)
    {
        await using var clients = await ForeignClients.Start(
            run, client, Ring, $"{cluster.Issuer}/rings/{Ring}", Audience, cluster.Gateway, cluster.Silos.Select(silo => silo.Url),
            tolerance: Tolerance);
        await using (new Rotators(changes.Admin(cluster.Gateway), Ring))
            await Task.Delay(Watched, TimeProvider.System, TestContext.Current.CancellationToken);

        var report = await clients.Stop();
        var rotations = changes.Confirmed.Count(change => ChangeLedger.IsRotation(change, Ring));
        run.Measured($"clocks {Ahead} s ahead, {-Behind} s behind and right: {report.Verified} of {report.Issued} tokens verified by jose with {Tolerance} s of tolerance, {rotations} rotations; longest silence: {report.Gaps}");
        foreach (var target in report.Targets.Keys)
            report.AssertNothingFailedAt(target);
        report.AssertEveryTokenVerifies();
        Assert.DoesNotContain(changes.NotConfirmed, change => ChangeLedger.IsRotation(change, Ring));
        Assert.NotEqual(0, rotations);
    }

    private async Task FarDifference(ChangeLedger changes, ClusterSilo late)
    {
        await Until.True($"{late.Name} says that its clock is off", Patience, async () =>
            await late.TryReadiness() is { Code: 503, Status: "not_ready" } said && !said.Ok("clock"));
        await Told(late, FarAhead, by: cluster.Silos[0]);

        // Some of the rings are its own.
        var (made, refused) = (0, 0);
        for (; refused == 0 || made < 6; made++)
        {
            Assert.True(made < 40, $"{late.Name} owns none of {made} rings.");
            var ring = FormattableString.Invariant($"{Ring}-{made}");
            await changes.Admin(cluster.Silos[0].Url).PutRing(ring, Onlookers.Weekly("ES256"));
            await AssertNow(ring);
            refused += await IsRefused(() => changes.Admin(late.Url).Rotate(ring, "immediate")) ? 1 : 0;
            await changes.Admin(cluster.Silos[1].Url).Rotate(ring, "immediate");
            await AssertNow(ring);
        }

        Assert.Equal("not_ready", (await late.Readiness()).Status);
        run.Measured($"a silo whose clock is {FarAhead} s ahead: not ready; asked to rotate each of {made} rings it refused {refused}, others made the rest");
    }

    /// <summary>Whoever made its keys, it was none from the future.</summary>
    private async Task AssertNow(string ring)
    {
        var signing = (await cluster.Silos[0].Admin.Keys(ring)).MaxBy(key => key.ActivatesAt <= TimeProvider.System.GetUtcNow().AddSeconds(Tolerance) ? key.RotationCount : -1)!;
        Assert.InRange(signing.ActivatesAt.ToUnixTimeSeconds() - Now, -2 * Measuring, Measuring);
    }

    private static async Task<bool> IsRefused(Func<Task> change)
    {
        try
        {
            await change();
            return false;
        }
        catch (RefusedException refused)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.NotNull(refused.RetryAfter);
            return true;
        }
    }
}
