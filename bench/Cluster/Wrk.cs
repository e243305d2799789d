using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tumbler.Bench.Cluster;

/// <summary>One request again and again by wrk, over 16 connections. What is not answered with 200 fails the run.</summary>
internal sealed partial class Wrk : IDisposable
{
    private readonly Uri url;
    private readonly string? script;

    public Wrk(Silo silo, string path, string? body = null, string? type = null)
    {
        url = new Uri(silo.Url, path);
        if (body is null)
            return;

        // Not on the command line: a key is in it.
        script = Path.GetTempFileName();
        File.WriteAllText(script, $"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = {JsonSerializer.Serialize(type)}
            wrk.body = [[{body}]]

            """);
    }

    /// <summary>Tokens for the silo's API key.</summary>
    public static Wrk Tokens(Silo silo) => new(
        silo, "/oauth2/token", $"grant_type=client_credentials&client_id={silo.KeyId}&client_secret={silo.Key}", "application/x-www-form-urlencoded");

    /// <returns>Answers for each second of the silo's processor time.</returns>
    public double PerCpuSecond(Silo silo, int seconds)
    {
        var before = silo.CpuTime();
        var answers = Run(seconds) * seconds;
        return answers / (silo.CpuTime() - before);
    }

    /// <returns>Answers a second.</returns>
    public double Run(int seconds)
    {
        string[] arguments = ["--threads", "1", "--connections", "16", "--duration", $"{seconds}s", .. script is null ? [] : (string[])["--script", script], url.ToString()];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
            throw new InvalidOperationException($"wrk: {output}");
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (script is not null)
            File.Delete(script);
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
