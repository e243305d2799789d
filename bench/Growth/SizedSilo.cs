using System.Globalization;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Growth;

internal sealed class SizedSilo(int size, SizedDatabase database, Silo silo) : IAsyncDisposable
{
    private const string Heap = "\ndotnet_gc_heap_bytes ";

    /// <summary>So many ask at once, when everything is asked for once.</summary>
    private const int Callers = 8;

    private readonly HttpClient http = Client(silo);
    private readonly BulkStore bulk = new(database);

    public int Size => size;

    public Silo Silo => silo;

    public SizedDatabase Database => database;

    /// <summary>As its administrator.</summary>
    public HttpClient Http => http;

    public BulkStore Bulk => bulk;

    /// <summary>In MiB.</summary>
    public async Task<double> ManagedMemory()
    {
        var page = await silo.Scrape();
        var value = page.AsSpan(page.IndexOf(Heap, StringComparison.Ordinal) + Heap.Length);
        return double.Parse(value[..value.IndexOf('\n')], CultureInfo.InvariantCulture) / 1024 / 1024;
    }

    /// <summary>Asks once for each, and says what that took.</summary>
    public async Task<GrowthPoint> Once(int count, Func<HttpClient, int, Task<HttpResponseMessage>> ask)
    {
        var (cpu, began) = (silo.CpuTime(), TimeProvider.System.GetTimestamp());
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (n, _) =>
        {
            using var answer = await ask(http, n);
            answer.EnsureSuccessStatusCode();
        });
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return new GrowthPoint(size, Math.Round(count / seconds), 0, Math.Round((silo.CpuTime() - cpu) / count * 1e6));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        bulk.Dispose();
        await silo.DisposeAsync();
    }

    private static HttpClient Client(Silo silo)
    {
        var http = new HttpClient { BaseAddress = silo.Url, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("X-Admin-Key", silo.AdminKey);
        return http;
    }
}
