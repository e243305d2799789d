using System.Net;
using System.Text.Json;
using Tumbler.Stories.Tests.Protection;
using Tumbler.Stories.Tests.Silos;
using Tumbler.Tests.Otlp;
using Tumbler.Tests.Postgres;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>Each alert's cause, for real, before a real Prometheus. Those of a cluster are in the cluster's part.</summary>
public sealed class S32_Alerts_fire_and_clear(StoryRun run)
{
    public const string Token = "metrics-token-of-the-story-0123456789";

    private const int MostStrangers = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly (string Name, string Type)[] Promised =
    [
        ("jwt_rotation_total", "counter"), ("jwt_rotation_success", "counter"), ("jwt_rotation_failed", "counter"),
        ("jwt_keys_active", "gauge"), ("jwt_keys_deactivated", "counter"),
    ];

    [Fact]
    public async Task What_a_silo_says_is_documented_well_formed_and_all_that_rules_and_panels_ask_for()
    {
        using var home = new SiloHome(run, "metrics");
        await using var silo = await home.Start("--Rings:default:Algorithm=ES256");
        await silo.Admin.CreateOrganization("acme");
        var token = await silo.Tokens.ByBasic(await silo.Admin.CreateApiKey("acme"));
        Assert.NotEmpty(token.Text);
        for (var stranger = 0; stranger < 5; stranger++)
            await Stranger(silo, stranger);

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
        Assert.All(Promised, promised => Assert.Equal(promised.Type, page.Families.GetValueOrDefault(promised.Name).Type));
        Assert.DoesNotContain("acme", page.Text, StringComparison.Ordinal);
        Assert.Contains("\ntumbler_security_events_total{reason=\"malformed_key\"} 5\n", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", await File.ReadAllTextAsync($"/proc/{silo.Id}/maps", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("\ntumbler_tokens_issued_total 1\n", page.Text, StringComparison.Ordinal);
        Assert.Contains("\njwt_keys_active 2\n", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_found_by_its_id_in_the_log_and_among_traces_and_no_secret_is_there()
    {
        const string header = "otlp-header-of-the-story-0123456789", request = "request-of-the-story-42";
        run.Secrets.Add(header);
        await using var collector = await OtlpCollector.Start();
        using var home = new SiloHome(run, "pushes");

        // As OpenTelemetry calls them: how often is pushed.
        (home.Environment["OTEL_METRIC_EXPORT_INTERVAL"], home.Environment["OTEL_BSP_SCHEDULE_DELAY"]) = ("200", "100");
        await using var silo = await home.Start(
            "--Rings:default:Algorithm=ES256", "--Logging:Format=json", "--Telemetry:Otlp:SampleRatio=1",
            $"--Telemetry:Otlp:Endpoint={collector.Address}", $"--Telemetry:Otlp:Headers=x-key={header}");
        await silo.Admin.CreateOrganization("acme");
        var client = await silo.Admin.CreateApiKey("acme");
        var token = await silo.Tokens.ByBasic(client);
        await Nobody(silo, request);

        foreach (var said in (string[])["POST /oauth2/token", "save Organization", request])
            await Until.True($"{said} is among traces", Patience, () => Task.FromResult(collector.Bodies("/v1/traces").Contains(said, StringComparison.Ordinal)));
        await Until.True("tokens are among metrics", Patience, () =>
            Task.FromResult(collector.Bodies("/v1/metrics").Contains("tumbler_tokens_issued_total", StringComparison.Ordinal)));
        Assert.Equal(0, await silo.Stop());

        Assert.All(collector.Received, pushed => Assert.Equal(("application/x-protobuf", header), (pushed.ContentType, pushed.Key)));
        // Developers are told their new admin key before there is a log.
        var lines = silo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("New admin key: ", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.All(lines, line => Assert.True(line.TryGetProperty("Timestamp", out _) && line.TryGetProperty("LogLevel", out _)));
        var refused = Assert.Single(lines, line => RequestOf(line) == request);
        Assert.Contains("401 GET /api/v1/organizations/{org}: unauthenticated", refused.GetProperty("Message").GetString(), StringComparison.Ordinal);
        foreach (var secret in (string[])[client.Key, token.Text, home.AdminKey, header])
            Assert.DoesNotContain(secret, collector.Bodies("/v1/traces") + collector.Bodies("/v1/metrics") + silo.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_ends_until_it_is_replaced()
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
        await prometheus.Clears("TumblerKekExpiring");
    }

    [Fact]
    public async Task More_events_than_the_log_takes()
    {
        StoryRun.LongFormOnly();
        using var home = new SiloHome(run, "alerts-flood");
        await using var silo = await home.Start("--Rings:default:Algorithm=ES256", $"--Telemetry:MetricsToken={Told()}");
        await using var prometheus = await PrometheusServer.Start(run, Token, home.Url);
        Assert.Empty(await prometheus.Firing());

        // After a batch the log pauses for each of its entries; what comes meanwhile must fit into what may wait.
        for (var n = 0; n < MostStrangers && !(await prometheus.Firing()).Contains("TumblerAuditDrops"); n += 200)
            await Task.WhenAll(Enumerable.Range(n, 200).Select(stranger => Stranger(silo, stranger)));

        await prometheus.Fires("TumblerAuditDrops");
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
        string[] causes = ["TumblerRotationStalled", "TumblerSnapshotStale", "TumblerLeadShrinking", "TumblerNoSigner"];
        foreach (var alert in causes)
            await prometheus.Clears(alert);

        postgres.Crash();
        using (var refused = await Rotate(silo))
            Assert.False(refused.IsSuccessStatusCode);
        foreach (var alert in causes)
            await prometheus.Fires(alert);

        postgres.Start();
        await prometheus.Fires("TumblerHurriedKey");
        foreach (var alert in (string[])[.. causes, "TumblerHurriedKey"])
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

    /// <summary>Somebody without any credential.</summary>
    private static async Task Nobody(SiloProcess silo, string requestId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/organizations/acme", UriKind.Relative));
        request.Headers.Add("X-Request-ID", requestId);
        using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Unauthorized, requestId), (answer.StatusCode, Assert.Single(answer.Headers.GetValues("X-Request-ID"))));
    }

    /// <summary>Null of what no request has caused.</summary>
    private static string? RequestOf(JsonElement line) => line.TryGetProperty("Scopes", out var scopes)
        ? scopes.EnumerateArray().Select(scope => scope.TryGetProperty("RequestId", out var id) ? id.GetString() : null).FirstOrDefault(id => id is not null)
        : null;

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
