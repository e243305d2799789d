using System.Text;
using Tumbler.Stories.Tests.Load;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S4_A_killed_silo_loses_nothing_it_said(StoryRun run)
{
    private static readonly int Kills = StoryRun.Long ? 50 : 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Killed_again_and_again_while_many_write()
    {
        using var home = new SiloHome(run, "killed");
        var ledger = new Ledger();
        var torn = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var silo = await home.Start();
            if (kill == 1)
                await silo.Admin.PutRing(Writers.Ring, new { algorithm = "ES256" });
            await AssertEverythingIsThere(silo, ledger);
            if (torn == kill - 1 && torn > 0)
                Assert.Contains("warn", silo.Log, StringComparison.Ordinal);

            // Somewhere else in the writers' rounds every time, and never at a moment of the silo's choosing.
            var until = ledger.Count + 30 + kill * 17 % 50;
            await using (var writers = new Writers(silo, ledger, kill))
            {
                await Until.True($"{until} changes are acknowledged", Patience, () => Task.FromResult(ledger.Count >= until));
                await silo.Kill();
            }

            if (kill % 3 == 0)
            {
                await TearLastLine(home);
                torn = kill;
            }
        }

        await using var last = await home.Start();
        await AssertEverythingIsThere(last, ledger);
        run.Measured($"{Kills} times killed: {ledger.Count} acknowledged changes, all there");
    }

    [Fact]
    public async Task A_second_process_on_the_same_directory_is_refused_and_the_first_goes_on()
    {
        using var home = new SiloHome(run, "first");
        using var other = new SiloHome(run, "second");
        await using var first = await home.Start();
        var before = home.Content();

        var second = await SiloProcess.RunToEnd(other, ["--Storage:Journal:Directory", home.Data]);

        Assert.NotEqual(0, second.Code);
        Assert.Contains(home.Data, second.Errors, StringComparison.Ordinal);
        Assert.Contains("another process", second.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
        Assert.Equal(before, home.Content());
        await first.Admin.CreateOrganization("acme");
        Assert.Contains("acme", await first.Admin.Organizations());
    }

    private static async Task AssertEverythingIsThere(SiloProcess silo, Ledger ledger)
    {
        var admin = silo.Admin;
        Assert.Empty(ledger.Organizations.Except(await admin.Organizations()));
        foreach (var key in ledger.ApiKeys)
        {
            var verdict = await admin.VerifyApiKey(key.Key);
            Assert.Equal((true, key.Id), (verdict.Valid, verdict.KeyId));
        }

        foreach (var key in ledger.RevokedApiKeys)
            Assert.False((await admin.VerifyApiKey(key.Key)).Valid);

        var keys = await admin.Keys(Writers.Ring);
        Assert.Equal(Enumerable.Range(1, keys.Count).Select(ordinal => (long)ordinal), keys.Select(key => key.RotationCount).Order());
        Assert.Equal(keys.Count, keys.DistinctBy(key => key.Kid).Count());
        foreach (var (kid, ordinal) in ledger.SigningKeys)
            Assert.Equal(ordinal, keys.Single(key => key.Kid == kid).RotationCount);

        var audit = await admin.VerifyAudit();
        Assert.True(audit.Valid);
        Assert.True(audit.Entries >= ledger.Count, $"{ledger.Count} changes were acknowledged, {audit.Entries} are in the audit log.");

        // Seen now, so from now on it has to stay as well.
        foreach (var key in keys)
            ledger.SawSigningKey(key.Kid, key.RotationCount);
    }

    /// <summary>As if the machine had lost power in the middle of a write: a kill alone never tears a line, the kernel finishes it.</summary>
    private static async Task TearLastLine(SiloHome home)
    {
        var lines = await File.ReadAllLinesAsync(home.Journal, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(
            home.Journal, lines[^1][..(lines[^1].Length / 2)], new UTF8Encoding(false), TestContext.Current.CancellationToken);
    }
}
