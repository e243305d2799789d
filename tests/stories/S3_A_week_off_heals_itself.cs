using System.Diagnostics;
using System.Globalization;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Stories.Tests.Watching;

namespace Tumbler.Stories.Tests;

public sealed class S3_A_week_off_heals_itself(StoryRun run)
{
    private const string Audience = "https://invoices.example";
    private const string SlowRate = "3600";
    // At this pace a week is ten seconds, also while nothing runs.
    private static readonly string[] Fast = ["--Development:ClockRate", "60480", "--Rings:default:Algorithm", "ES256"];
    private static readonly string[] Slow = ["--Development:ClockRate", SlowRate, "--Rings:default:Algorithm", "ES256"];
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan RealWeek = TimeSpan.FromSeconds(10.1);

    [Fact]
    public async Task Stopped_for_a_week_the_first_token_request_succeeds_and_verifies()
    {
        using var home = new SiloHome(run, "week-off");
        NewApiKey client;
        DateTimeOffset stopped;
        string lastKid;
        await using (var silo = await home.Start(Slow))
        {
            await silo.Admin.CreateOrganization("acme");
            client = await silo.Admin.CreateApiKey("acme", Audience);
            lastKid = (await silo.Tokens.ByPost(client)).Kid;
            stopped = await silo.Now();
            Assert.Equal(0, await silo.Stop());
        }

        PutClockOn(home, stopped + Week);
        await using var again = await home.Start(Slow);
        Assert.True(await again.Now() - stopped > Week);
        await AssertHealed(again, client, lastKid);
    }

    /// <summary>Like a virtual machine that was put to sleep: the process goes on where it was, a week later.</summary>
    [Fact]
    public async Task Frozen_for_a_week_the_first_token_request_succeeds_and_verifies()
    {
        StoryRun.LongFormOnly();
        using var home = new SiloHome(run, "week-frozen");
        await using var silo = await home.Start(Fast);
        await silo.Admin.CreateOrganization("acme");
        var client = await silo.Admin.CreateApiKey("acme", Audience);
        var lastKid = (await silo.Tokens.ByPost(client)).Kid;
        var frozen = await silo.Now();

        await silo.Freeze();
        await Passed(RealWeek);
        await silo.Thaw();

        Assert.True(await silo.Now() - frozen > Week);
        await AssertHealed(silo, client, lastKid);
    }

    private async Task AssertHealed(SiloProcess silo, NewApiKey client, string lastKid)
    {
        var before = await Copy(silo);
        var token = await silo.Tokens.ByBasic(client);
        var after = await Copy(silo);

        Assert.NotEmpty(before.Kids);
        Assert.NotEqual(lastKid, token.Kid);
        await using var jose = new Jose(run);
        Assert.Equal(new Verdict(true, null), await jose.Local(after.Text, token.Text, silo.Home.Issuer, Audience, token.IssuedAt));
        Assert.True((await silo.Admin.VerifyAudit()).Valid);
    }

    private static async Task<JwksCopy> Copy(SiloProcess silo)
    {
        var before = await silo.Now();
        return new JwksCopy(await silo.Http.GetText("/.well-known/jwks.json"), before, await silo.Now());
    }

    /// <summary>As if it had run on to there while nothing ran.</summary>
    private static void PutClockOn(SiloHome home, DateTimeOffset time) => File.WriteAllText(Path.Combine(home.Data, "clock.anchor"), string.Create(
        CultureInfo.InvariantCulture, $$"""{"Real":"{{TimeProvider.System.GetUtcNow():O}}","Simulated":"{{time:O}}","Rate":{{SlowRate}}}"""));

    /// <summary>Nobody can be asked meanwhile.</summary>
    private static async Task Passed(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        await Until.True("time passes", time * 2, () => Task.FromResult(watch.Elapsed >= time));
    }
}
