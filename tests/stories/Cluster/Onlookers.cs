using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>A ring, an organisation of the same name and foreign clients that use both, while something happens to the cluster.</summary>
internal sealed class Onlookers : IAsyncDisposable
{
    private readonly StoryRun run;
    private readonly LocalCluster cluster;
    private readonly ForeignClients clients;

    private Onlookers(StoryRun run, LocalCluster cluster, ChangeLedger changes, string ring, long rotations, ForeignClients clients) =>
        (this.run, this.cluster, Changes, Ring, Rotations, this.clients) = (run, cluster, changes, ring, rotations, clients);

    public ChangeLedger Changes { get; }

    public string Ring { get; }

    /// <summary>Of the ring, at the beginning.</summary>
    public long Rotations { get; }

    /// <summary>No key is made by the clock during a story.</summary>
    public static object Weekly(string algorithm) => new { algorithm, interval = "PT168H", lead = "PT10M", allow_short_lead = true };

    public static async Task<Onlookers> Gather(StoryRun run, LocalCluster cluster, string ring, string algorithm = "ES256")
    {
        await cluster.Healthy();
        await cluster.UntilOneCluster();
        var changes = new ChangeLedger(cluster);
        var audience = $"https://{ring}.example";
        var admin = changes.Admin(cluster.Gateway);
        await admin.PutRing(ring, Weekly(algorithm));

        // What comes from now on is counted.
        var rotations = (await admin.Rotate(ring, "immediate")).RotationCount;
        await admin.CreateOrganization(ring);
        var client = await admin.CreateApiKey(ring, audience);
        var clients = await ForeignClients.Start(
            run, client, ring, $"{cluster.Issuer}/rings/{ring}", audience, cluster.Gateway, cluster.Silos.Select(silo => silo.Url));
        return new Onlookers(run, cluster, changes, ring, rotations, clients);
    }

    /// <summary>What all of it came to; nothing of what every story wants may have gone wrong.</summary>
    public async Task<ForeignReport> Verdict(string story)
    {
        var report = await clients.Stop();
        run.Measured($"{story}: {report.Verified} of {report.Issued} tokens verified by jose, {Changes.Confirmed.Count()} of {Changes.Changes.Count} changes confirmed; longest silence: {report.Gaps}");
        report.AssertEveryTokenVerifies();
        await new ClusterVerdict(cluster).Assert(Changes, Ring);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await clients.DisposeAsync();
        Changes.Dispose();
    }
}
