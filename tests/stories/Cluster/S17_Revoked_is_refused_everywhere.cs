using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

[Collection(ClusterStories.Name)]
public sealed class S17_Revoked_is_refused_everywhere(StoryRun run, LocalCluster cluster)
{
    private const string Org = "withdrawn";
    private static readonly int Times = StoryRun.Long ? 400 : 40;
    private static readonly int Freezes = StoryRun.Long ? 20 : 2;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    /// <summary>Between two questions: three who ask without a pause take the processors that the silos need to answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    [Fact]
    public async Task As_soon_as_the_revocation_is_answered_when_all_live()
    {
        await using var onlookers = await Onlookers.Gather(run, cluster, Org);
        List<TimeSpan> apiKeys = [], signingKeys = [];
        for (var time = 0; time < Times; time++)
        {
            var admin = onlookers.Changes.Admin(cluster.Silos[time % cluster.Silos.Count].Url);
            apiKeys.Add(await RevokeApiKey(onlookers.Changes, admin));
        }

        var ring = $"{Org}_keys";
        await onlookers.Changes.Admin(cluster.Gateway).PutRing(ring, Onlookers.Weekly("ES256"));
        for (var time = 0; time < Times / 4; time++)
        {
            var admin = onlookers.Changes.Admin(cluster.Silos[time % cluster.Silos.Count].Url);
            signingKeys.Add(await RevokeSigningKey(onlookers.Changes, admin, ring));
        }

        Assert.All([.. apiKeys, .. signingKeys], time => Assert.True(time < Most, $"It took {time.TotalSeconds} s."));
        await onlookers.Verdict($"Until the last of three silos refuses a revoked API key {Figures(apiKeys)}, a revoked signing key {Figures(signingKeys)}");
    }

    [Fact]
    public async Task At_once_by_one_that_stood_still_meanwhile()
    {
        StoryRun.LongFormOnly();
        await using var onlookers = await Onlookers.Gather(run, cluster, $"{Org}_unseen");
        List<RevocableAnswers> answers = [];
        for (var time = 0; time < Freezes; time++)
        {
            var made = await Revocable.Make(cluster, onlookers.Changes.Admin(cluster.Gateway), $"{Org}_unseen_{time}");
            var owner = await cluster.OwnerOf(made.Name);
            var frozen = cluster.Silos.First(silo => silo != owner);
            answers.AddRange(await RevokeUnseen(onlookers.Changes, made, frozen));
            await cluster.UntilOneCluster();
        }

        Assert.Empty(answers.SelectMany(answer => answer.Taken));
        Assert.NotEqual(0, answers.Sum(answer => answer.Count));
        await onlookers.Verdict($"{Freezes} times a silo stood still while keys were revoked and gave {answers.Sum(answer => answer.Count)} answers right after it, none by what was revoked");
    }

    private async Task<IEnumerable<RevocableAnswers>> RevokeUnseen(ChangeLedger changes, Revocable made, ClusterSilo frozen)
    {
        var other = cluster.Silos.First(silo => silo != frozen);
        var admin = changes.Admin(other.Url);
        await frozen.Freeze();
        var revoking = Task.WhenAll(made.RevokeSigningKey(admin), made.RevokeApiKey(admin));
        await Until.True("the others refuse it", Most * 10, async () => (await made.AskedOf(other.Http)).Taken.Count == 0);
        await Task.Delay(Most * 1.1, TimeProvider.System, TestContext.Current.CancellationToken);

        // These wait in its socket.
        var waiting = Enumerable.Range(0, 4).Select(_ => made.AskedOf(frozen.Http)).ToArray();
        await frozen.Thaw();
        List<RevocableAnswers> answers = [];
        for (var n = 0; n < 20; n++)
            answers.Add(await made.AskedOf(frozen.Http));
        await revoking;
        return [.. answers, .. await Task.WhenAll(waiting)];
    }

    private async Task<TimeSpan> RevokeApiKey(ChangeLedger changes, AdminClient admin)
    {
        var made = await admin.CreateApiKey(Org);
        foreach (var silo in cluster.Silos)
            Assert.True((await silo.Admin.VerifyApiKey(made.Key)).Valid);
        return await Revoke(
            changes, () => admin.RevokeApiKey(Org, made.Id), async silo => (await silo.Admin.VerifyApiKey(made.Key)).Valid);
    }

    private async Task<TimeSpan> RevokeSigningKey(ChangeLedger changes, AdminClient admin, string ring)
    {
        var path = $"/rings/{ring}/.well-known/jwks.json";
        var kid = (await admin.Keys(ring)).Single(key => key.State == "signing").Kid;
        foreach (var silo in cluster.Silos)
            Assert.Contains(kid, await silo.Http.GetText(path), StringComparison.Ordinal);
        return await Revoke(
            changes, () => admin.RevokeKey(ring, kid), async silo => (await silo.Http.GetText(path)).Contains(kid, StringComparison.Ordinal));
    }

    /// <returns>How long after it was asked for the last silo has refused it.</returns>
    private async Task<TimeSpan> Revoke(ChangeLedger changes, Func<Task> revoke, Func<ClusterSilo, Task<bool>> isTaken)
    {
        var began = Stopwatch.StartNew();
        var refused = Task.WhenAll(cluster.Silos.Select(async silo =>
        {
            for (; await isTaken(silo); await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken))
                Assert.True(began.Elapsed < Most * 10, $"{silo.Name} takes what was revoked {began.Elapsed.TotalSeconds} s ago.");
            return began.Elapsed;
        }));
        await revoke();

        // The answer names nobody who could still take it, so nobody does.
        Assert.Null(changes.Changes.Last().Unconfirmed);
        foreach (var silo in cluster.Silos)
            Assert.False(await isTaken(silo), $"{silo.Name} takes what was revoked, and has confirmed it.");
        return (await refused).Max();
    }

    private static string Figures(List<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return FormattableString.Invariant(
            $"p50 {sorted[sorted.Length / 2]:F0} ms, p99 {sorted[(int)Math.Ceiling(sorted.Length * 0.99) - 1]:F0} ms, at most {sorted[^1]:F0} ms ({sorted.Length} times)");
    }
}
