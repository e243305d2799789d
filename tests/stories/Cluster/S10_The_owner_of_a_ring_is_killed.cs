using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S10_The_owner_of_a_ring_is_killed(StoryRun run, LocalCluster cluster)
{
    private const string Ring = "owned";
    private static readonly int Times = StoryRun.Long ? 20 : 2;

    /// <summary>A key is published by one rotation and signs by the next; this is how soon every silo publishes it.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2.5);

    private long rotations;
    private int kills;
    private TimeSpan slowest;

    [Fact]
    public async Task Right_before_during_and_right_after_a_rotation_and_each_is_made_once()
    {
        await using var onlookers = await Onlookers.Gather(run, cluster, Ring, "RS256");
        rotations = onlookers.Rotations;

        var usual = TimeSpan.Zero;
        for (var time = 0; time < Times; time++)
        {
            // Before and after are the same each time; in between there are many moments, and the request is at the owner or not.
            if (time == 0 || StoryRun.Long)
                usual = await KilledAfter(onlookers.Changes);
            await KilledDuring(onlookers.Changes, usual * ((time + 0.5) / Times), askedItself: time % 2 == 1, $"{Ring}-{time}");
            if (time == 0 || StoryRun.Long)
                await KilledBefore(onlookers.Changes);
        }

        await onlookers.Verdict(
            $"{kills} kills of a ring's owner, right before, during ({Times} times) and right after a rotation, of which the slowest took {slowest.TotalSeconds:F2} s");
    }

    /// <returns>How long the rotation took.</returns>
    private async Task<TimeSpan> KilledAfter(ChangeLedger changes)
    {
        var (owner, other) = await Roles();
        var began = Stopwatch.StartNew();
        await Rotate(() => changes.Admin(other.Url).Rotate(Ring, "immediate"));
        var took = began.Elapsed;
        await owner.Kill();
        await Recover();
        return took;
    }

    /// <param name="askedItself">Whether the owner has the request itself, so that there is no answer; it is repeated elsewhere.</param>
    private async Task KilledDuring(ChangeLedger changes, TimeSpan into, bool askedItself, string key)
    {
        var (owner, other) = await Roles();
        await Rotate(async () =>
        {
            var rotating = askedItself ? changes.Admin(owner.Url).Rotate(Ring, "immediate", key) : changes.Admin(other.Url).Rotate(Ring, "immediate");
            await Pause(into);
            await owner.Kill();
            try
            {
                return await rotating;
            }
            catch (HttpRequestException) when (askedItself)
            {
                return await changes.Admin(other.Url).Rotate(Ring, "immediate", key);
            }
        });
        await Recover();
    }

    private async Task KilledBefore(ChangeLedger changes)
    {
        var (owner, other) = await Roles();
        await owner.Kill();
        await Rotate(() => changes.Admin(other.Url).Rotate(Ring, "immediate"));
        await Recover();
    }

    private async Task<(ClusterSilo Owner, ClusterSilo Other)> Roles()
    {
        var owner = await cluster.OwnerOf(Ring);
        return (owner, cluster.Silos.First(silo => silo != owner));
    }

    private async Task Rotate(Func<Task<Rotated>> rotate)
    {
        var began = Stopwatch.StartNew();
        var rotated = await rotate();
        if (began.Elapsed > slowest)
            slowest = began.Elapsed;
        Assert.Equal(++rotations, rotated.RotationCount);
    }

    private async Task Recover()
    {
        kills++;
        await Pause(Spread);
        await Task.WhenAll(cluster.Silos.Select(silo => silo.UntilReady()));
    }

    private static Task Pause(TimeSpan time) => Task.Delay(time, TimeProvider.System, TestContext.Current.CancellationToken);
}
