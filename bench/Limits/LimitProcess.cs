using System.Diagnostics;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Limits;

/// <summary>The limit server in a process of its own, with the garbage collector that web servers have.</summary>
internal sealed class LimitProcess : ILoaded, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private LimitProcess(Uri url)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [LimitServer.Command, url.ToString()]);
        start.Environment["DOTNET_gcServer"] = "1";
        (Url, process) = (url, Process.Start(start)!);
    }

    public Uri Url { get; }

    public static async Task<LimitProcess> Start()
    {
        var limit = new LimitProcess(new Uri($"http://127.0.0.1:{Silo.FreePort()}"));
        try
        {
            await limit.UntilReady();
            return limit;
        }
        catch
        {
            limit.Dispose();
            throw;
        }
    }

    public double CpuTime()
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private async Task UntilReady()
    {
        using var http = new HttpClient { BaseAddress = Url };
        for (var waiting = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(LimitServer.Document, UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && waiting.Elapsed < Patience)
            {
            }
        }
    }
}
