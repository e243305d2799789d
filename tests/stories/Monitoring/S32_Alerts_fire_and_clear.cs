using System.Text.Json;
using Tumbler.Stories.Tests.Protection;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>Each alert's cause, for real, before a real Prometheus. Those of a cluster are in the cluster's part.</summary>
public sealed class S32_Alerts_fire_and_clear(StoryRun run)
{
    private const int MostStrangers = 10_000;

    public const string Token = "metrics-token-of-the-story-0123456789";

    [Fact]
    public async Task What_a_silo_says_is_documented_well_formed_and_all_that_rules_and_panels_ask_for()
    {
        using var home = new SiloHome(run, "metrics");
        await using var silo = await home.Start("--Rings:default:Algorithm=ES256");
        await silo.Admin.CreateOrganization("acme");
        var token = await silo.Tokens.ByBasic(await silo.Admin.CreateApiKey("acme"));
        Assert.NotEmpty(token.Text);
        await Stranger(silo, 1);

        var (page, files) = (await MetricsPage.Of(silo), new MonitoringFiles(run));
        var (_, said) = await Promtool.Run(["check", "metrics"], page.Text);
        // The names that the requirements give three counters are older than the custom.
        Assert.Equal(
            ["jwt_keys_deactivated", "jwt_rotation_failed", "jwt_rotation_success"],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace(" counter metrics should have \"_total\" suffix", "", StringComparison.Ordinal)).Order());

        Assert.Equal(
            page.Families.Select(family => $"{family.Key} {family.Value.Type} {family.Value.Meaning}").Order(StringComparer.Ordinal),
            files.Documented.Select(row => $"{row.Name} {row.Type} {row.Meaning}").Order(StringComparer.Ordinal));
        Assert.All(files.Documented, row => Assert.Subset(row.Labels.ToHashSet(), page.Labels(row.Name).ToHashSet()));
        Assert.Subset(page.Families.Keys.ToHashSet(), files.Asked);
        Assert.DoesNotContain("OpenTelemetry", await File.ReadAllTextAsync($"/proc/{silo.Id}/maps", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("\ntumbler_tokens_issued_total 1\n", page.Text, StringComparison.Ordinal);
        Assert.Contains("\njwt_keys_active 2\n", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_and_metrics_are_pushed_and_no_secret_is_in_them()
    {
        const string header = "otlp-header-of-the-story-0123456789";
        run.Secrets.Add(header);
        using var receiver = new OtlpReceiver();
        using var home = new SiloHome(run, "pushes");
        Clients.NewApiKey client;
        Clients.Token token;
        await using (var silo = await home.Start(
            "--Rings:default:Algorithm=ES256", $"--Telemetry:Otlp:Endpoint={receiver.Address}", $"--Telemetry:Otlp:Headers=x-key={header}", "--Telemetry:Otlp:SampleRatio=1"))
        {
            await silo.Admin.CreateOrganization("acme");
            client = await silo.Admin.CreateApiKey("acme");
            token = await silo.Tokens.ByBasic(client);
            Assert.Equal(0, await silo.Stop());
        }

        Assert.All(receiver.Received, pushed => Assert.Equal(header, pushed.Key));
        var traces = string.Concat(receiver.Received.Where(pushed => pushed.Path == "/v1/traces").Select(pushed => pushed.Body));
        var metrics = string.Concat(receiver.Received.Where(pushed => pushed.Path == "/v1/metrics").Select(pushed => pushed.Body));
        Assert.Contains("POST /oauth2/token", traces, StringComparison.Ordinal);
        Assert.Contains("save Organization", traces, StringComparison.Ordinal);
        Assert.Contains("tumbler_tokens_issued_total", metrics, StringComparison.Ordinal);
        foreach (var secret in (string[])[client.Key, token.Text, home.AdminKey, header])
            Assert.DoesNotContain(secret, traces + metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_ends_and_more_events_than_the_log_takes()
    {
        using var home = new SiloHome(run, "alerts");
        var (ending, fresh) = (new Kek(run, home.Directory, "ending", days: 10), new Kek(run, home.Directory, "fresh"));
        Write(home, ending);
        await using var silo = await home.Start("--Rings:default:Algorithm=ES256", $"--Telemetry:MetricsToken={Told()}");
        await using var prometheus = await PrometheusServer.Start(run, Token, home.Url);

        await prometheus.Fires("TumblerKekExpiring");
        Assert.Equal("TumblerKekExpiring", Assert.Single(await prometheus.Firing()));
        Write(home, fresh, ending);
        await Signal.Send("HUP", silo.Id);
        // After a batch the log pauses for each of its entries; what comes meanwhile must fit into what may wait.
        for (var n = 0; n < MostStrangers && !(await prometheus.Firing()).Contains("TumblerAuditDrops"); n += 200)
            await Task.WhenAll(Enumerable.Range(n, 200).Select(stranger => Stranger(silo, stranger)));

        await prometheus.Fires("TumblerAuditDrops");
        await prometheus.Clears("TumblerKekExpiring");
        await prometheus.Clears("TumblerAuditDrops");
    }

    /// <summary>At 3600 times the speed of time two days of lead last 48 s.</summary>
    [Fact]
    public async Task A_database_that_is_away_for_two_days()
    {
        StoryRun.LongFormOnly();
        using var postgres = new PostgresCluster();
        postgres.Sql($"CREATE DATABASE tumbler OWNER {PostgresCluster.Owner}");
        run.Secrets.Add(PostgresCluster.Password);
        using var home = new SiloHome(run, "alerts-database");
        await using var silo = await home.Start(
            "--Rings:default:Algorithm=ES256", $"--Telemetry:MetricsToken={Told()}", "--Development:ClockRate=3600", "--Storage:Kind=postgres",
            $"--Storage:Postgres:ConnectionString_FILE={ClusterHome.Write(home, "connection", postgres.ConnectionString(PostgresCluster.Owner, "tumbler"))}");
        await using var prometheus = await PrometheusServer.Start(run, Token, home.Url);
        Assert.Empty(await prometheus.Firing());

        postgres.Crash();
        using (var refused = await Rotate(silo))
            Assert.False(refused.IsSuccessStatusCode);
        foreach (var alert in (string[])["TumblerRotationStalled", "TumblerSnapshotStale", "TumblerLeadShrinking", "TumblerNoSigner"])
            await prometheus.Fires(alert);

        postgres.Start();
        await prometheus.Fires("TumblerHurriedKey");
        foreach (var alert in (string[])["TumblerRotationStalled", "TumblerSnapshotStale", "TumblerLeadShrinking", "TumblerNoSigner", "TumblerHurriedKey"])
            await prometheus.Clears(alert);
    }

    /// <summary>Somebody whom nobody knows, under a name of his own.</summary>
    private static async Task Stranger(SiloProcess silo, int number)
    {
        var id = new Guid(number, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]);
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", $"{id}"), new("client_secret", "guessed")]);
        using var answer = await silo.Http.PostAsync(new Uri("/oauth2/token", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.False(answer.IsSuccessStatusCode);
    }

    private static async Task<HttpResponseMessage> Rotate(SiloProcess silo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/admin/rings/default/rotate", UriKind.Relative));
        request.Headers.Add("X-Admin-Key", silo.Home.AdminKey);
        return await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private string Told()
    {
        run.Secrets.Add(Token);
        return Token;
    }

    private static void Write(SiloHome home, params Kek[] keks)
    {
        var settings = keks.SelectMany((kek, n) => (KeyValuePair<string, string>[])
        [
            new(FormattableString.Invariant($"Protection:Certificates:{n}:Path"), kek.File),
            new(FormattableString.Invariant($"Protection:Certificates:{n}:PasswordFile"), kek.PasswordFile),
        ]);
        File.WriteAllText(Path.Combine(home.Directory, "draft.json"), JsonSerializer.Serialize(settings.ToDictionary()));
        File.Move(Path.Combine(home.Directory, "draft.json"), Path.Combine(home.Directory, "appsettings.json"), overwrite: true);
    }
}
