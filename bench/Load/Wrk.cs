using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Tumbler.Bench.Load;

/// <summary>Requests by wrk. What is answered with an error fails the run.</summary>
internal sealed class Wrk : IDisposable
{
    /// <summary>In a file and not on the command line: a key may be in it.</summary>
    private const string Result = "result ";
    private const string Script = """
        done = function(summary, latency, requests)
          local errors = summary.errors
          io.write(string.format("result %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
            errors.status + errors.connect + errors.read + errors.write + errors.timeout))
        end

        """;

    private readonly ILoaded server;
    private readonly Uri url;
    private readonly string script = Path.GetTempFileName();

    /// <summary>One request again and again.</summary>
    public Wrk(ILoaded server, string path, string? body = null, string? type = null)
        : this(server, new Uri(server.Url, path), body is null
            ? ""
            : $"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = {JsonSerializer.Serialize(type)}
            wrk.body = [[{body}]]

            """)
    {
    }

    private Wrk(ILoaded server, Uri url, string requests)
    {
        (this.server, this.url) = (server, url);
        File.WriteAllText(script, requests + Script);
    }

    /// <summary>Requests that a script makes, each for itself.</summary>
    public static Wrk Scripted(ILoaded server, string requests) => new(server, server.Url, requests);

    /// <summary>Tokens for the silo's API key.</summary>
    public static Wrk Tokens(Silo silo) => Tokens(silo, "/oauth2/token", silo);

    /// <summary>The same request to another server.</summary>
    public static Wrk Tokens(ILoaded server, string path, Silo silo) =>
        new(server, path, $"grant_type=client_credentials&client_id={silo.KeyId}&client_secret={silo.Key}", "application/x-www-form-urlencoded");

    /// <summary>Questions about the silo's API key.</summary>
    public static Wrk Verifications(ILoaded server, string path, Silo silo) => new(server, path, $$"""{"key":"{{silo.Key}}"}""", "application/json");

    public LoadResult Run(int seconds, int connections = 16)
    {
        var cpu = server.CpuTime();
        string[] arguments = ["--threads", "1", "--connections", $"{connections}", "--duration", $"{seconds}s", "--script", script, url.ToString()];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var line = output.Split('\n').SingleOrDefault(line => line.StartsWith(Result, StringComparison.Ordinal));
        var numbers = line?[Result.Length..].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return numbers is [var answers and > 0, var micros, var p50, var p99, var p999, 0]
            ? new LoadResult(answers / micros * 1e6, p50 / 1000, p99 / 1000, p999 / 1000, (server.CpuTime() - cpu) / answers)
            : throw new InvalidOperationException($"wrk: {output}");
    }

    public void Dispose() => File.Delete(script);
}
