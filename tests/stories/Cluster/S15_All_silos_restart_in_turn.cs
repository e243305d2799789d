using Tumbler.Stories.Tests.Foreign;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S15_All_silos_restart_in_turn(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "restarted", Audience = "https://restarted.example";
    private static readonly int Rounds = StoryRun.Long ? 5 : 1;

    [Fact]
    public async Task Under_load_and_nobody_notices_at_the_gateway()
    {
        await cluster.Healthy();
        using var changes = new ChangeLedger(cluster);
        var admin = changes.Admin(cluster.Gateway);
        await admin.PutRing(Ring, Onlookers.Weekly("ES256"));
        await admin.CreateOrganization(Ring);
        var client = await admin.CreateApiKey(Ring, Audience);
        await using var clients = await ForeignClients.Start(
            run, client, Ring, $"{cluster.Issuer}/rings/{Ring}", Audience, cluster.Gateway, cluster.Silos.Select(silo => silo.Url));

        await using (new Rotators(admin, Ring))
        {
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var silo in cluster.Silos)
                    await silo.Restart();
            }
        }

        var report = await clients.Stop();
        run.Measured($"{cluster.Silos.Count * Rounds} restarts in turn: {report.Verified} of {report.Issued} tokens verified by jose, {changes.Confirmed.Count()} of {changes.Changes.Count} changes confirmed; longest silence: {report.Gaps}");
        report.AssertNothingFailedAt(ForeignReport.Gateway);
        Assert.Empty(changes.NotConfirmed);
        report.AssertEveryTokenVerifies();
        await new ClusterVerdict(cluster).Assert(changes, Ring);
    }
}
