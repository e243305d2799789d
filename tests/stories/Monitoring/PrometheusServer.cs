using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>A real Prometheus on loopback that scrapes silos five times in two seconds, by our rules made hasty.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tumbler-prometheus-");
    private readonly HttpClient http;
    private readonly LoggedProcess process;

    private PrometheusServer(StoryRun run, string token, Uri[] silos)
    {
        var port = ClusterHome.FreePort();
        http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        Write("alerts.yml", new MonitoringFiles(run).HastyRules);
        Write("token", token);
        var config = Write("prometheus.yml", $$"""
            global: {scrape_interval: 400ms, scrape_timeout: 400ms, evaluation_interval: 400ms}
            rule_files: [alerts.yml]
            scrape_configs:
              - job_name: tumbler
                authorization: {credentials_file: token}
                static_configs: [{targets: [{{string.Join(", ", silos.Select(silo => $"\"{silo.Authority}\""))}}]}]

            """);
        process = LoggedProcess.Start(
            new ProcessStartInfo("prometheus",
            [
                $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}", "--log.level=warn",
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
            ]),
            run.NewLog("prometheus"));
    }

    /// <param name="token">What the silos have as <c>Telemetry:MetricsToken</c>.</param>
    public static async Task<PrometheusServer> Start(StoryRun run, string token, params Uri[] silos)
    {
        var server = new PrometheusServer(run, token, silos);
        await Until.True("Prometheus has scraped all silos", Patience, async () => await server.Scraped() == silos.Length);
        return server;
    }

    public Task Fires(string alert) => Until.True($"{alert} fires", Patience, async () => (await Firing()).Contains(alert));

    public Task Clears(string alert) => Until.True($"{alert} clears", Patience, async () => !(await Firing()).Contains(alert));

    public async Task<IReadOnlySet<string>> Firing()
    {
        using var answer = await Get("/api/v1/alerts");
        return answer is null ? new HashSet<string>() : answer.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
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

    private async Task<int> Scraped()
    {
        Assert.False(process.HasExited, process.Errors);
        using var answer = await Get("/api/v1/query?query=tumbler_rings_held");
        return answer?.RootElement.GetProperty("data").GetProperty("result").GetArrayLength() ?? 0;
    }

    private async Task<JsonDocument?> Get(string path)
    {
        try
        {
            return JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
