using System.Net;
using System.Net.Sockets;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Tests.Certificates;

namespace Tumbler.Stories.Tests.Cluster;

public sealed class S18_Silos_know_each_other_by_certificates(StoryRun run)
{
    private const string Ring = "certified", Audience = "https://certified.example";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Strangers_stay_outside_and_all_certificates_are_replaced_while_everything_runs()
    {
        StoryRun.LongFormOnly();
        await using var cluster = new LocalCluster(run, silos: 3, tls: true);
        await cluster.InitializeAsync();
        await cluster.UntilOneCluster();
        using var changes = new ChangeLedger(cluster);
        var admin = changes.Admin(cluster.Gateway);
        await admin.PutRing(Ring, Onlookers.Weekly("ES256"));
        await admin.CreateOrganization(Ring);
        var client = await admin.CreateApiKey(Ring, Audience);
        var (stay, comes) = (cluster.Silos.Take(2).ToArray(), cluster.Silos[2]);
        await using var clients = await ForeignClients.Start(
            run, client, Ring, $"{cluster.Issuer}/rings/{Ring}", Audience, cluster.Gateway, stay.Select(silo => silo.Url));
        await using (new Rotators(admin, Ring))
        {
            await Plain(cluster);
            await Foreign(stay, comes);
            await Replace(cluster);
        }

        var report = await clients.Stop();
        await comes.Restart();
        await cluster.UntilOneCluster();
        run.Measured($"three silos with mutual TLS, all certificates and their authority replaced: {report.Verified} of {report.Issued} tokens verified by jose, {changes.Confirmed.Count()} of {changes.Changes.Count} changes confirmed; longest silence: {report.Gaps}");
        report.AssertEveryTokenVerifies();
        foreach (var target in report.Targets.Keys)
            report.AssertNothingFailedAt(target);
        Assert.Empty(changes.NotConfirmed);
        Assert.All(stay, silo => Assert.Equal(0, silo.Ends));
        await new ClusterVerdict(cluster).Assert(changes, Ring);
    }

    private static async Task Plain(LocalCluster cluster)
    {
        using var plain = new TcpClient();
        await plain.ConnectAsync(IPAddress.Loopback, cluster.Ports.FirstSilo, TestContext.Current.CancellationToken);
        await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await Says(cluster.Silos[0], "the other side speaks no TLS");
    }

    /// <summary>A silo with a certificate of an authority that nobody else knows; it trusts the others.</summary>
    private static async Task Foreign(ClusterSilo[] members, ClusterSilo comes)
    {
        using var foreign = new TestAuthority("another authority");
        await comes.Stop();
        var ends = comes.Ends;
        await comes.Start(wait: false, settings: $"--Cluster:Tls:Certificate:Path {foreign.Issue("stranger")} --Cluster:Tls:Authorities {foreign.Path}");
        await Task.WhenAny(members.Select(silo => Says(silo, "the other side's certificate is not signed by one of the cluster's authorities"))).Unwrap();
        Assert.DoesNotContain(members, silo => silo.Log.Contains("   at ", StringComparison.Ordinal));
        if (StoryRun.Long)
        {
            await Until.True("the stranger gives up", EndsWithin, () => Task.FromResult(comes.Ends > ends));
            Assert.Contains("Cluster: The silos of cluster 'tumbler' do not answer this one at ", comes.Log, StringComparison.Ordinal);
        }

        await comes.Stop();
        await comes.Start();
    }

    /// <summary>As docs/configuration.md says: first trust the new authority, then use it, then no longer trust the old one.</summary>
    private static async Task Replace(LocalCluster cluster)
    {
        using var successor = new TestAuthority("its successor");
        var authorities = Path.Combine(cluster.Folder, "secrets", "silo-ca.crt");
        await Step(cluster, () => File.AppendAllTextAsync(authorities, successor.Pem));
        await Step(cluster, () => Task.WhenAll(cluster.Silos.Select(silo =>
            File.WriteAllTextAsync(Path.Combine(cluster.Folder, "secrets", $"{silo.Name}.pem"), successor.Pems(silo.Name)))));
        await Step(cluster, () => File.WriteAllTextAsync(authorities, successor.Pem));
    }

    private static async Task Step(LocalCluster cluster, Func<Task> write)
    {
        var before = cluster.Silos.Select(Replacements).ToArray();
        await write();
        await Until.True("all silos have read it", Patience, () =>
            Task.FromResult(cluster.Silos.Zip(before).All(each => Replacements(each.First) > each.Second)));
    }

    private static int Replacements(ClusterSilo silo) =>
        silo.Log.Split("\"Message\":\"New connections between silos use the certificate").Length;

    private static Task Says(ClusterSilo silo, string what) =>
        Until.True($"{silo.Name} says: {what}", Patience, () =>
            Task.FromResult(silo.Log.Replace("\\u0027", "'", StringComparison.Ordinal).Contains(what, StringComparison.Ordinal)));
}
