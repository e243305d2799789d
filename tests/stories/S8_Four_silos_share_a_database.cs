using System.Diagnostics;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S8_Four_silos_share_a_database(StoryRun run, FourSilos four) : IClassFixture<FourSilos>
{
    private static readonly int Rounds = StoryRun.Long ? 1000 : 24;
    private static readonly int Revocations = StoryRun.Long ? 20 : 3;
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>No key is published long before it signs, so that rounds are short and each of them makes a key.</summary>
    private static readonly object Daily = new { algorithm = "ES256", interval = "PT24H", lead = "PT10M", allow_short_lead = true };
    private static readonly object Hourly = new { algorithm = "ES256", interval = "PT1H", lead = "PT10M", allow_short_lead = true };

    [Fact]
    public async Task A_rotation_asked_of_all_at_once_makes_one_key_while_all_tick()
    {
        const string pressed = "pressed", ticking = "ticking";
        var silos = four.Silos;
        await silos[0].Admin.PutRing(pressed, Daily);
        await silos[1].Admin.PutRing(ticking, Hourly);
        var before = Ordinals(await silos[2].Admin.Keys(pressed));

        for (var round = 1; round <= Rounds; round++)
        {
            // As a client does that gets no answer in time and asks the next silo.
            var (mode, key) = (round % 2 == 0 ? "graceful" : "immediate", FormattableString.Invariant($"round-{round}"));
            var answers = await Task.WhenAll(silos.Select(silo => silo.Admin.Rotate(pressed, mode, key)));
            Assert.Single(answers.Select(answer => answer with { EffectiveAt = default }).Distinct());

            var ordinals = Ordinals(await silos[round % silos.Count].Admin.Keys(pressed));
            Assert.Equal(before[^1] + 1, ordinals[^1]);
            Assert.Equal(Enumerable.Range(0, ordinals.Length).Select(n => ordinals[0] + n), ordinals);
            before = ordinals;

            var effective = answers.Max(answer => answer.EffectiveAt);
            await Task.WhenAll(silos.Select(silo => Until.True("the new key signs", Patience, async () => await silo.Now() >= effective)));
        }

        var ticked = await Until.Found("the schedule has made some keys", Patience, async () =>
            await silos[3].Admin.Keys(ticking) is { Count: > 5 } keys ? keys : null);
        var made = Ordinals(ticked);
        Assert.Equal(Enumerable.Range(0, made.Length).Select(n => made[0] + n), made);
        var turns = ticked.OrderBy(key => key.RotationCount).ToArray();
        Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.True(pair.Second.ActivatesAt - pair.First.ActivatesAt >= TimeSpan.FromHours(1)));
        await AssertAuditVerifies();
        run.Measured($"four silos on one database: {Rounds} rotations, each asked of all at once, made {before[^1] - 1} keys after the first; {made[^1]} made by their ticks meanwhile");
    }

    [Fact]
    public async Task What_one_silo_revokes_is_refused_by_the_others_within_two_seconds()
    {
        const string ring = "revoked", org = "revoked";
        var silos = four.Silos;
        await silos[0].Admin.PutRing(ring, Daily);
        await silos[0].Admin.CreateOrganization(org);
        var (ofKeys, ofApiKeys) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Revocations; round++)
        {
            var (one, others) = (silos[round % silos.Count], silos.Except([silos[round % silos.Count]]).ToArray());
            var client = await one.Admin.CreateApiKey(org);
            var kid = (await one.Admin.Keys(ring)).Single(key => key.State == "signing").Kid;
            await Task.WhenAll(silos.Select(silo => Until.True("all accept both", Patience, async () =>
                await Publishes(silo, ring, kid) && await Accepts(silo, client))));

            var watch = Stopwatch.StartNew();
            await Task.WhenAll(one.Admin.RevokeKey(ring, kid), one.Admin.RevokeApiKey(org, client.Id));
            await Task.WhenAll(others.SelectMany(silo => (Task[])
            [
                Refused(ofKeys, watch, async () => !await Publishes(silo, ring, kid)),
                Refused(ofApiKeys, watch, async () => !await Accepts(silo, client)),
            ]));

            Assert.False(await Publishes(one, ring, kid));
            Assert.False(await Accepts(one, client));
        }

        await AssertAuditVerifies();
        run.Measured($"{Revocations} revocations through one silo were effective on the three others, from the request on: signing keys after {ofKeys.Average(Seconds):F2} s, at most {ofKeys.Max(Seconds):F2} s; API keys after {ofApiKeys.Average(Seconds):F2} s, at most {ofApiKeys.Max(Seconds):F2} s");
        Assert.All(ofKeys.Concat(ofApiKeys), passed => Assert.True(passed < Promised, $"It took {passed.TotalSeconds:F2} s."));
    }

    private static async Task Refused(List<TimeSpan> measured, Stopwatch watch, Func<Task<bool>> isRefused)
    {
        await Until.True("it is refused", Patience, isRefused);
        lock (measured)
            measured.Add(watch.Elapsed);
    }

    private static async Task<bool> Publishes(SiloProcess silo, string ring, string kid) =>
        (await silo.Http.GetText($"/rings/{ring}/.well-known/jwks.json")).Contains(kid, StringComparison.Ordinal);

    private static async Task<bool> Accepts(SiloProcess silo, NewApiKey client) => (await silo.Admin.VerifyApiKey(client.Key)).Valid;

    private static double Seconds(TimeSpan passed) => passed.TotalSeconds;

    private static long[] Ordinals(IEnumerable<RingKey> keys) => [.. keys.Select(key => key.RotationCount).Order()];

    private async Task AssertAuditVerifies()
    {
        foreach (var silo in four.Silos)
        {
            var verdict = await silo.Admin.VerifyAudit();
            Assert.True(verdict.Valid, verdict.ToString());
        }
    }
}
