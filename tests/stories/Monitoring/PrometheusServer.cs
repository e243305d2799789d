using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>A real Prometheus on loopback that scrapes silos five times in two seconds, by our rules made hasty.</summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tumbler-prometheus-");
    private readonly HttpClient http = new();
    private readonly LoggedProcess process;

    private PrometheusServer(StoryRun run, string token, Uri[] silos)
    {
        Write("alerts.yml", new MonitoringFiles(run).HastyRules);
        Write("token", token);
        var config = Write("prometheus.yml", $$"""
            global: {scrape_interval: 400ms, scrape_timeout: 400ms, evaluation_interval: 200ms}
            rule_files: [alerts.yml]
            scrape_configs:
              - job_name: tumbler
                authorization: {credentials_file: token}
                static_configs: [{targets: [{{string.Join(", ", silos.Select(silo => $"\"{silo.Authority}\""))}}]}]

            """);
        process = LoggedProcess.Start(
            new ProcessStartInfo("prometheus",
                [$"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}", "--web.listen-address=127.0.0.1:0"]),
            run.NewLog("prometheus"));
    }

    /// <param name="token">What the silos have as <c>Telemetry:MetricsToken</c>.</param>
    public static async Task<PrometheusServer> Start(StoryRun run, string token, params Uri[] silos)
    {
        var server = new PrometheusServer(run, token, silos);
        try
        {
            server.http.BaseAddress = new Uri($"http://{await Until.Found("Prometheus listens", Patience, server.Address)}");
            await Until.True("Prometheus has scraped all silos", Patience, async () => await server.Scraped() == silos.Length);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task Fires(string alert) => Until.True($"{alert} fires", Patience, async () => (await Firing()).Contains(alert));

    public Task Clears(string alert) => Until.True($"{alert} clears", Patience, async () => !(await Firing()).Contains(alert));

    public async Task<IReadOnlySet<string>> Firing()
    {
        using var answer = await Get("/api/v1/alerts");
        return answer.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(alert => alert.GetProperty("state").GetString() == "firing")
            .Select(alert => alert.GetProperty("labels").GetProperty("alertname").GetString()!)
            .ToHashSet();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill();
        await process.End(Patience);
        process.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>The port is one that it finds itself.</summary>
    private Task<string?> Address()
    {
        Assert.False(process.HasExited, process.Errors);
        return Task.FromResult(Listening().Match(process.Errors) is { Success: true } said ? said.Groups[1].Value : null);
    }

    private async Task<int> Scraped()
    {
        using var answer = await Get("/api/v1/query?query=tumbler_rings_held");
        return answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength();
    }

    /// <summary>Until it has read what it stores it answers that it is not there.</summary>
    private async Task<JsonDocument> Get(string path) => JsonDocument.Parse(await Until.Found("Prometheus answers", Patience, async () =>
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : null;
    }));

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    [GeneratedRegex("msg=\"Listening on\" address=(127\\.0\\.0\\.1:[0-9]+)\n")]
    private static partial Regex Listening();
}
