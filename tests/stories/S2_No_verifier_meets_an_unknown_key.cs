using System.Globalization;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Stories.Tests.Watching;

namespace Tumbler.Stories.Tests;

/// <summary>Days of rotation on a clock that runs 3,600 times faster, seen by a verifier that keeps every JWKS for as long as the
/// slowest mainstream library does.</summary>
public sealed class S2_No_verifier_meets_an_unknown_key(StoryRun run)
{
    private const double ClockRate = 3600;
    private const string Audience = "https://invoices.example";
    private static readonly int Days = StoryRun.Long ? 7 : 3;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12.6);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>A preparation that the machine delays moves a switch; it never tears a gap.</summary>
    private static readonly TimeSpan SwitchTolerance = TimeSpan.FromMinutes(45);

    [Fact]
    public async Task In_days_of_rotation_and_after_every_kind_of_rotation_by_hand()
    {
        using var home = new SiloHome(run, "days");
        await using var silo = await home.Start("--Development:ClockRate", ClockRate.ToString(CultureInfo.InvariantCulture));
        await silo.Admin.CreateOrganization("acme");
        var client = await silo.Admin.CreateApiKey("acme", Audience);
        await using var watch = new RingWatch(
            silo, client, ClockRate, pollEvery: TimeSpan.FromMinutes(10), askEvery: TimeSpan.FromMinutes(3));

        var begin = (await silo.Admin.Keys("default")).Min(key => key.ActivatesAt);
        await watch.Reach(silo, begin + TimeSpan.FromDays(Days) + TimeSpan.FromMinutes(50), Patience);
        var byClock = await silo.Admin.Keys("default");
        var status = await silo.Admin.Status();
        var end = await silo.Now();

        var graceful = await silo.Admin.Trigger("graceful");
        var gracefulAnswered = await silo.Now();
        await watch.Reach(silo, graceful.EffectiveAt + TimeSpan.FromMinutes(30), Patience);

        var immediate = await silo.Admin.Trigger("immediate");
        var immediateAnswered = await silo.Now();
        await watch.Reach(silo, immediateAnswered + TimeSpan.FromMinutes(30), Patience);

        var leaked = (await silo.Admin.Status()).SigningKid!;
        var emergency = await silo.Admin.RevokeKey("default", leaked);
        var emergencyAnswered = await silo.Now();
        await watch.Reach(silo, emergencyAnswered + TimeSpan.FromHours(1), Patience);
        await watch.Stop();
        var keys = await silo.Admin.Keys("default");

        // The JWKS holds two keys, three for an hour after a switch.
        Assert.All(watch.Copies.Where(copy => copy.After <= end), copy => Assert.InRange(copy.Kids.Count, 2, 3));
        Assert.DoesNotContain(watch.Copies, copy => copy.Kids.Count == 0);

        // One rotation a day, as the status says.
        var signers = watch.Tokens.Where(token => At(token.IssuedAt) < end).Select(token => token.Kid).ToArray();
        Assert.Equal(Days, signers.Zip(signers.Skip(1)).Count(pair => pair.First != pair.Second));
        Assert.Equal(Days + 1, signers.Distinct().Count());
        Assert.Equal(Days, status.RotationCount);
        Assert.Equal(signers[^1], status.SigningKid);
        Assert.Equal("scheduled", status.LastRotation!.Outcome);
        Assert.Null(status.LastFailure);
        for (var day = 1; day <= Days; day++)
            Assert.Equal(begin + TimeSpan.FromDays(day), byClock.Single(key => key.RotationCount == day + 1).ActivatesAt, SwitchTolerance);
        Assert.Equal(begin + TimeSpan.FromDays(Days + 1), status.NextTransitionAt!.Value, SwitchTolerance);

        // Every token was signed by the key whose turn it was: each answer's effective_at held.
        foreach (var token in watch.Tokens)
        {
            var turn = SignersIn(keys, At(token.IssuedAt));
            Assert.True(turn.Contains(token.Kid), $"{token.Kid} signed at {At(token.IssuedAt):O}, when it was the turn of {string.Join(" or ", turn)}. By hand: graceful {graceful.EffectiveAt:O}, immediate {immediate.EffectiveAt:O}, emergency {emergency.EffectiveAt:O}. Keys: {string.Join("; ", keys)}");
        }

        AssertSwitch(watch.Tokens, graceful, from: status.SigningKid!);
        AssertSwitch(watch.Tokens, immediate, to: leaked);
        AssertSwitch(watch.Tokens, emergency, from: leaked);
        Assert.InRange(graceful.EffectiveAt, gracefulAnswered, gracefulAnswered + TimeSpan.FromHours(13));
        Assert.InRange(immediate.EffectiveAt, graceful.EffectiveAt, immediateAnswered);
        Assert.InRange(emergency.EffectiveAt, immediateAnswered, emergencyAnswered);

        await using var jose = new Jose(run);
        var checks = 0;
        foreach (var token in watch.Tokens)
        {
            // An immediate rotation is for when verifiers have to refetch.
            var oldest = At(token.IssuedAt) < immediate.EffectiveAt - TimeSpan.FromSeconds(1)
                ? At(token.IssuedAt) - Kept
                : At(token.IssuedAt) < emergency.EffectiveAt - TimeSpan.FromSeconds(1) ? immediateAnswered : emergencyAnswered;
            var newest = At(token.ExpiresAt);
            // Verifiers with the same bytes answer the same, so each text is asked once for all the copies of it.
            foreach (var jwks in watch.Copies.Where(copy => copy.Before >= oldest && copy.After < newest).Select(copy => copy.Text).Distinct())
            {
                foreach (var now in (long[])[token.IssuedAt, token.ExpiresAt - 1])
                {
                    Assert.Equal(new Verdict(true, null), await jose.Local(jwks, token.Text, home.Issuer, Audience, now));
                    checks++;
                }
            }
        }

        // The leaked key: gone from then on, and so are its tokens.
        var afterwards = watch.Copies.Where(copy => copy.Before >= emergencyAnswered).ToArray();
        Assert.NotEmpty(afterwards);
        Assert.All(afterwards, copy => Assert.DoesNotContain(leaked, copy.Kids));
        var forged = watch.Tokens.Where(token => token.Kid == leaked).ToArray();
        Assert.NotEmpty(forged);
        foreach (var token in forged)
        {
            var verdict = await jose.Local(afterwards[^1].Text, token.Text, home.Issuer, Audience, token.IssuedAt);
            Assert.StartsWith("ERR_JWKS_NO_MATCHING_KEY", verdict.Error, StringComparison.Ordinal);
        }

        run.Measured($"{Days} days: {watch.Tokens.Count} tokens and {watch.Copies.Count} copies of the JWKS ({watch.Copies.DistinctBy(copy => copy.Text).Count()} different), {checks} verifications by jose, none refused");
        Assert.True(watch.Copies.Count > Days * 24 * 3, "The verifier came too seldom to see much.");
        Assert.True(checks > watch.Tokens.Count, "Hardly any token met a JWKS.");
    }

    /// <summary>Tokens before the instant are signed by another key than tokens after it.</summary>
    private static void AssertSwitch(IEnumerable<Token> tokens, Rotated rotation, string? from = null, string? to = null)
    {
        // iat is in whole seconds: what was issued in the very second of the switch says nothing.
        var before = tokens.Last(token => At(token.IssuedAt + 1) <= rotation.EffectiveAt);
        var after = tokens.First(token => At(token.IssuedAt) >= rotation.EffectiveAt);
        Assert.NotEqual(before.Kid, after.Kid);
        if (from is not null)
            Assert.Equal(from, before.Kid);
        if (to is not null)
            Assert.Equal(to, after.Kid);
    }

    /// <summary>Whose turn it was at some instant of that second.</summary>
    private static HashSet<string> SignersIn(IReadOnlyList<RingKey> keys, DateTimeOffset second) =>
    [
        keys.Where(key => key.ActivatesAt <= second).MaxBy(key => (key.ActivatesAt, key.RotationCount))!.Kid,
        .. keys.Where(key => key.ActivatesAt > second && key.ActivatesAt <= second + TimeSpan.FromSeconds(1)).Select(key => key.Kid),
    ];

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
