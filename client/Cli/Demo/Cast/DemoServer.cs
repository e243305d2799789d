using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Tumbler.Cli.Calls;
using Tumbler.Contracts.Input;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>The server program in a process of its own. Disposing it is killing it: what it said is in the log by then, or it lied.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private const int LastWords = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Process process;
    private readonly ConcurrentQueue<string> words = [];

    private DemoServer(DemoHome home, Process process)
    {
        (Http, this.process) = (new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = home.Url }, process);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Has no credential of its own.</summary>
    public HttpClient Http { get; }

    public static async Task<Outcome<DemoServer>> Start(DemoHome home, double rate, TimeProvider clock, CancellationToken stop)
    {
        var server = new DemoServer(home, Process.Start(Order(home, rate))!);
        try
        {
            if (await server.IsReady(clock, stop))
                return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        await server.DisposeAsync();
        return new Failure(
            ExitCode.Unavailable, $"The demo's server did not get ready. It said: {(server.words.IsEmpty ? "nothing" : string.Join(" · ", server.words))}",
            "Try again; if it says the same, start the server alone to see more.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>Nothing that is set for another server gets through to this one.</summary>
    private static ProcessStartInfo Order(DemoHome home, double rate)
    {
        var order = home.Program.Start(home.Call, Settings(home, rate));
        order.WorkingDirectory = home.Directory;
        (order.RedirectStandardInput, order.RedirectStandardOutput, order.RedirectStandardError) = (true, true, true);
        foreach (var name in home.Call.Environment.Keys)
        {
            if (name.StartsWith("TUMBLER_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase))
                order.Environment.Remove(name);
        }

        order.Environment["DOTNET_ENVIRONMENT"] = "Development";

        // Its sockets in the directory for temporary files would stay when it is killed.
        order.Environment["DOTNET_EnableDiagnostics"] = "0";
        return order;
    }

    /// <summary>Keys for ES256: making one for RS256 takes up to a second, which is hours here.</summary>
    private static string[] Settings(DemoHome home, double rate) =>
    [
        "--urls", home.Issuer,
        "--Rings:default:Algorithm", "ES256",
        "--Tokens:Lifetime", Duration.Format(DemoPlan.TokenLifetime),
        "--Development:ClockRate", rate.ToString(CultureInfo.InvariantCulture),
    ];

    private async Task<bool> IsReady(TimeProvider clock, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        while (!process.HasExited && clock.GetElapsedTime(began) < Patience)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), stop);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return true;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Pause, clock, stop);
        }

        return false;
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        words.Enqueue(line);
        if (words.Count > LastWords)
            words.TryDequeue(out _);
    }
}
