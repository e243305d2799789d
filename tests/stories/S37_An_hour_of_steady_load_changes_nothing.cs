using System.Globalization;
using System.Text.Json;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Foreign;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Stories.Tests.Steady;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests;

/// <summary>One silo on PostgreSQL at 30 % of what it can do beside those who ask it, with a rotation every minute. One, because three would
/// share the cores of the machine and the times would be those of their neighbours.</summary>
public sealed class S37_An_hour_of_steady_load_changes_nothing(StoryRun run)
{
    private const string Audience = "https://invoices.example";

    /// <summary>The collector lets the heap breathe by some MiB. What requests leave behind is a slope: in twenty minutes some ten bytes of
    /// each are more than this.</summary>
    private const double MostMemoryGrowth = 1.1;

    /// <summary>Medians of the windows' p99: a single disturbance of the machine moves none of them.</summary>
    private const double MostTimeGrowth = 1.5;

    /// <summary>A preparation that a busy machine delays moves a switch, by as much as a token still fits in the old key's validity.</summary>
    private static readonly TimeSpan SwitchTolerance = TimeSpan.FromMinutes(55);

    private static readonly SteadyPlan Plan = SteadyPlan.Wanted;

    [Fact]
    public async Task Memory_and_times_stay_as_they_are_while_keys_come_and_go()
    {
        using var postgres = new PostgresCluster();
        postgres.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        run.Secrets.Add(PostgresCluster.Password);
        using var home = new SiloHome(run, "steady");
        await using var silo = await home.Start(Settings(home, postgres));
        await silo.Admin.CreateOrganization("acme");
        var client = await silo.Admin.CreateApiKey("acme", Audience);
        var begin = (await silo.Admin.Keys("default")).Min(key => key.ActivatesAt);

        var series = new SteadySeries();
        await using (var load = new SteadyLoad(Plan, home.Url, client))
        {
            var verifying = Verify(load, home.Issuer);
            await foreach (var window in load.Windows.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                Assert.True(window.Failed == 0, $"{window.Failed} requests failed, the first with: {window.Failure}");
                series.Add(await SteadySample.Of(silo, window, (series.Samples.Count + 1) * Plan.Window.TotalMinutes));
                series.Write(Path.Combine(run.Root, "artifacts", "steady"), Plan);
                if (verifying.IsFaulted)
                    break;
            }

            var signers = await verifying;
            var rotations = await AssertRotatesOnTime(silo, begin);
            Assert.InRange(signers.Distinct().Count(), 2, rotations + 1);
            run.Measured($"S37: {Plan.Length.TotalMinutes:F1} minutes of {load.Rate:F0} requests a second, each third of them a token, the JWKS and an API key; {rotations} rotations, {signers.Count} tokens verified by jose, none refused, no request failed");
        }

        var growth = (Memory: series.Growth(sample => sample.ResidentMib), Time: series.Growth(sample => sample.P99));
        run.Measured($"S37: p50 {series.Median(sample => sample.P50):F2} ms, p99 {series.Median(sample => sample.P99):F2} ms, {series.Median(sample => sample.ResidentMib):F0} MiB resident, {series.Median(sample => sample.HeapMib):F0} MiB of heap, {series.Samples[^1].FullCollections - series.Samples[0].FullCollections} full collections; last third against the second: memory {growth.Memory:F2}, p99 {growth.Time:F2}{(Plan.Judged ? "" : " (too short to say whether they stay)")}");
        if (!Plan.Judged)
            return;
        Assert.InRange(growth.Memory, 0, MostMemoryGrowth);
        Assert.InRange(growth.Time, 0, MostTimeGrowth);
    }

    /// <returns>How many there were.</returns>
    private static async Task<int> AssertRotatesOnTime(SiloProcess silo, DateTimeOffset begin)
    {
        var (status, now) = (await silo.Admin.Status(), await silo.Now());
        var turns = (await silo.Admin.Keys("default")).Select(key => key.ActivatesAt).Order().ToArray();
        Assert.All(turns.Zip(turns.Skip(1)), pair =>
            Assert.InRange(pair.Second - pair.First, SteadyPlan.Interval, SteadyPlan.Interval + SwitchTolerance));

        // What was late once makes all after it late; where a minute is an hour, nothing should be.
        var due = (int)((now - begin) / SteadyPlan.Interval);
        Assert.InRange((int)status.RotationCount, Plan.Judged ? due - 1 : 1, due);
        Assert.Equal("scheduled", status.LastRotation!.Outcome);
        Assert.Null(status.LastFailure);
        return (int)status.RotationCount;
    }

    /// <returns>The keys that signed the tokens, in the order of these.</returns>
    private async Task<List<string>> Verify(SteadyLoad load, string issuer)
    {
        await using var jose = new Jose(run);
        var signers = new List<string>();
        await foreach (var sample in load.Samples.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            var token = Token.Parse(JsonSerializer.Deserialize<Granted>(sample.Answer, Wire.Json)!.AccessToken);
            run.Secrets.Add(token.Text);
            Assert.Equal(new Verdict(true, null), await jose.Local(sample.Jwks, token.Text, issuer, Audience, token.IssuedAt));
            signers.Add(token.Kid);
        }

        return signers;
    }

    private static string[] Settings(SiloHome home, PostgresCluster postgres)
    {
        var connection = Path.Combine(home.Directory, "connection");
        File.WriteAllText(connection, postgres.ConnectionString(PostgresCluster.Owner, "tumbler"));
        return
        [
            "--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString_FILE", connection,
            "--Development:ClockRate", Plan.ClockRate.ToString(CultureInfo.InvariantCulture), "--Rings:default:Algorithm", "ES256",
            "--Rings:default:Interval", "1h", "--Rings:default:Lead", "1h", "--Rings:default:AllowShortLead", "true",
        ];
    }
}
