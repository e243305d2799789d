using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S11_The_owner_of_a_ring_stands_still(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "frozen", Revoked = "thawed";

    /// <summary>Longer than the others take until they do without it.</summary>
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(StoryRun.Long ? 30 : 12);

    /// <summary>A key is published by one rotation and signs by the next; this is how soon every silo publishes it.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task And_decides_nothing_by_what_it_knew_when_it_goes_on()
    {
        await using var onlookers = await Onlookers.Gather(run, cluster, Ring);
        var changes = onlookers.Changes;
        var owner = await cluster.OwnerOf(Ring);
        var other = cluster.Silos.First(silo => silo != owner);
        var admin = changes.Admin(other.Url);
        var revocable = await OwnedBy(owner, admin);
        var ends = owner.Ends;
        using var patient = LocalCluster.ClientOf(owner.Url);
        patient.Timeout = Frozen + Patience;

        await owner.Freeze();
        var standing = Stopwatch.StartNew();
        Task<RevocableAnswers>[] waiting = [revocable.AskedOf(patient)];
        var slowest = TimeSpan.Zero;
        await Task.WhenAll(revocable.RevokeApiKey(admin), revocable.RevokeSigningKey(admin));
        var revokedWithin = standing.Elapsed;
        var rotations = 0;
        while (standing.Elapsed < Frozen || (await other.Admin.Cluster()).HasActive(owner.Name))
        {
            var began = Stopwatch.StartNew();
            await admin.Rotate(Ring, "immediate");
            rotations++;
            slowest = began.Elapsed > slowest ? began.Elapsed : slowest;
            await Task.Delay(Spread, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        waiting = [.. waiting, revocable.AskedOf(patient), .. Enumerable.Range(0, 4).Select(_ => revocable.AskedOf(owner.Http))];
        await owner.Thaw();
        var thawed = Stopwatch.StartNew();
        var answers = new List<RevocableAnswers>();
        while (owner.Ends == ends && thawed.Elapsed < Patience)
            answers.Add(await revocable.AskedOf(owner.Http));
        answers.AddRange(await Task.WhenAll(waiting));

        Assert.Empty(answers.SelectMany(answer => answer.Taken));
        Assert.Empty(changes.NotConfirmed);
        Assert.Equal(ends + 1, owner.Ends);
        await cluster.UntilOneCluster();
        Assert.Empty((await revocable.AskedOf(owner.Http)).Taken);
        await onlookers.Verdict(
            $"{rotations} rotations while the ring's owner stood still for {standing.Elapsed.TotalSeconds:F1} s, the slowest in {slowest.TotalSeconds:F2} s; both revocations in {revokedWithin.TotalSeconds:F2} s; thawed, it gave {answers.Sum(answer => answer.Count)} answers in {thawed.Elapsed.TotalSeconds:F2} s before it ended, none by what was revoked");
    }

    /// <summary>What is revoked is the frozen silo's own, too.</summary>
    private async Task<Revocable> OwnedBy(ClusterSilo owner, AdminClient admin)
    {
        for (var attempt = 0; ; attempt++)
        {
            var made = await Revocable.Make(cluster, admin, $"{Revoked}_{attempt}");
            if (await cluster.OwnerOf(made.Name) == owner)
                return made;
        }
    }
}
