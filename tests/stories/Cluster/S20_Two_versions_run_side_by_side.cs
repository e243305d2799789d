using System.Diagnostics;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Readme;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>One silo after the other is replaced by the same product built under another version, and back. It costs a build.</summary>
[Collection(ClusterStories.Name)]
public sealed class S20_Two_versions_run_side_by_side(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "upgraded", Audience = "https://upgraded.example", NextVersion = "99.0.0";

    [Fact]
    public async Task And_an_upgrade_and_its_taking_back_are_noticed_by_nobody()
    {
        Assert.SkipUnless(StoryRun.Long, "It builds the product under another version: ./test --long runs it.");
        await cluster.Healthy();
        using var source = await SourceCopy.Of(run.Root);
        var next = await Build(source.Path);
        using var changes = new ChangeLedger(cluster);
        var admin = changes.Admin(cluster.Gateway);
        await admin.PutRing(Ring, Onlookers.Weekly("ES256"));
        await admin.CreateOrganization(Ring);
        var client = await admin.CreateApiKey(Ring, Audience);
        await using var clients = await ForeignClients.Start(
            run, client, Ring, $"{cluster.Issuer}/rings/{Ring}", Audience, cluster.Gateway, cluster.Silos.Select(silo => silo.Url));

        await using (new Rotators(admin, Ring))
        {
            foreach (var (silo, upgraded) in cluster.Silos.Select((silo, n) => (silo, n + 1)))
            {
                await Replace(silo, next);
                Assert.Equal(upgraded, (await cluster.Admin.Cluster()).Silos.Count(each => each.Report?.Version.StartsWith(NextVersion, StringComparison.Ordinal) == true));
            }

            foreach (var silo in cluster.Silos)
                await Replace(silo, build: null);
        }

        var report = await clients.Stop();
        run.Measured($"3 upgrades and 3 back: {report.Verified} of {report.Issued} tokens verified by jose, {changes.Confirmed.Count()} of {changes.Changes.Count} changes confirmed; longest silence: {report.Gaps}");
        report.AssertNothingFailedAt(ForeignReport.Gateway);
        Assert.Empty(changes.NotConfirmed);
        report.AssertEveryTokenVerifies();
        await new ClusterVerdict(cluster).Assert(changes, Ring);
    }

    private async Task Replace(ClusterSilo silo, string? build)
    {
        cluster.OtherBuild = build;
        try
        {
            await silo.Restart();
        }
        finally
        {
            cluster.OtherBuild = null;
        }
    }

    /// <returns>Where it is.</returns>
    private async Task<string> Build(string source)
    {
        var output = Path.Combine(source, "next");
        using var publish = LoggedProcess.Start(
            new ProcessStartInfo("dotnet", ["publish", Path.Combine(source, "silo"), "-c", "Release", $"-p:VersionPrefix={NextVersion}", "-o", output, "-tl:off"]),
            run.NewLog("next-version"));
        Assert.True(await publish.End(TimeSpan.FromMinutes(5)) == 0, publish.Output + publish.Errors);
        return output;
    }
}
