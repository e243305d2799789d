using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Tumbler.Bench.Load;

/// <summary>The built silo as a process of its own, with one organisation and one API key. Its ring signs with ES256.</summary>
internal sealed class Silo : ILoaded, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tumbler-bench-");
    private readonly HttpClient http;
    private ProcessStartInfo? start;
    private Process? process;

    private Silo() => http = new HttpClient { BaseAddress = Url };

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort()}");

    public string KeyId { get; private set; } = "";

    public string Key { get; private set; } = "";

    public string AdminKey { get; private set; } = "";

    /// <param name="database">Its connection string; its owner's. Null for the embedded store.</param>
    public static async Task<Silo> Start(string? database, params string[] settings)
    {
        var silo = new Silo();
        try
        {
            silo.start = silo.Command(database, settings);
            await silo.Spawn();
            await silo.CreateKey();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it, and starts it again with what it had.</summary>
    /// <returns>How long it took from the start of the process to the first 200 of <c>/health/ready</c>.</returns>
    public async Task<TimeSpan> Restart()
    {
        await End();
        var watch = Stopwatch.StartNew();
        await Spawn();
        return watch.Elapsed;
    }

    /// <summary>Resident memory in MiB, as the kernel has it.</summary>
    public double Memory()
    {
        var line = File.ReadLines($"/proc/{process!.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public double CpuTime()
    {
        process!.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Bytes that it has allocated since its start.</summary>
    public Task<double> Allocated() => Metric("dotnet_gc_allocated_bytes_total");

    /// <summary>Garbage collections of the whole heap since its start.</summary>
    public Task<double> FullCollections() => Metric("dotnet_gc_full_collections_total");

    /// <summary>What it says at <c>/metrics</c>.</summary>
    public Task<string> Scrape() => http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>Makes so many rings and uses each, so that they are held.</summary>
    public Task UseRings(int count) => Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, stop) =>
    {
        var ring = string.Create(CultureInfo.InvariantCulture, $"ring-{n}");
        using var made = await http.PutAsJsonAsync(new Uri($"/api/v1/admin/rings/{ring}", UriKind.Relative), new { algorithm = "ES256" }, stop);
        made.EnsureSuccessStatusCode();
        using var used = await http.GetAsync(new Uri($"/rings/{ring}/.well-known/jwks.json", UriKind.Relative), stop);
        used.EnsureSuccessStatusCode();
    });

    public static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        http.Dispose();
        directory.Delete(recursive: true);
    }

    private async Task<double> Metric(string name)
    {
        var line = (await Scrape()).Split('\n').Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(name.Length), CultureInfo.InvariantCulture);
    }

    private ProcessStartInfo Command(string? database, string[] settings)
    {
        string[] storage = database is null ? [] : ["--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString", database];
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "../../../../silo/bin/Release/net10.0/Tumbler.Silo.dll"),
            "--environment", "Development", "--urls", Url.ToString(), "--Rings:default:Algorithm", "ES256",
            .. storage, .. settings,
        ];
        return new ProcessStartInfo("sh", ["-c", "exec dotnet \"$@\" >/dev/null 2>log", "sh", .. arguments]) { WorkingDirectory = directory.FullName };
    }

    private Task Spawn()
    {
        process = Process.Start(start!) ?? throw new InvalidOperationException("The silo did not start.");
        return UntilReady();
    }

    private async Task End()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        process = null;
    }

    private async Task UntilReady()
    {
        for (var waiting = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!process!.HasExited && waiting.Elapsed < Patience)
            {
                continue;
            }

            if (process!.HasExited || waiting.Elapsed > Patience)
                throw new InvalidOperationException($"The silo is not ready: {await File.ReadAllTextAsync(Path.Combine(directory.FullName, "log"))}");
        }
    }

    private async Task CreateKey()
    {
        AdminKey = (await File.ReadAllTextAsync(Path.Combine(directory.FullName, "data", "admin.key"))).Trim();
        http.DefaultRequestHeaders.Add("X-Admin-Key", AdminKey);
        await Post("/api/v1/organizations", new { slug = "bench", name = "Bench", email = "bench@bench.example" });
        var key = await Post("/api/v1/organizations/bench/api-keys", new { name = "bench" });
        (KeyId, Key) = ((string)key["id"]!, (string)key["key"]!);
    }

    private async Task<JsonNode> Post<T>(string path, T body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
