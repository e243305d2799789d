using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Tumbler.Tests.Postgres;

namespace Tumbler.Bench.Growth;

/// <summary>When, with what and on what something was measured.</summary>
/// <param name="Commit">Of the product; it ends with <c>-dirty</c> when that had been changed.</param>
internal sealed record GrowthCircumstances(
    string Date, string Commit, string DotNet, string PostgreSql, string Processor, int Cores, double MemoryGib, int Rounds, int Seconds)
{
    public static GrowthCircumstances Now(GrowthOptions options, string root) => new(
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Output("git", "-C", root, "describe", "--always", "--dirty", "--exclude=*"),
        RuntimeInformation.FrameworkDescription,
        Output(PostgresCluster.Program("postgres"), "--version").Replace("postgres (PostgreSQL)", "PostgreSQL", StringComparison.Ordinal),
        First("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        Math.Round(double.Parse(First("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024, 1),
        options.Rounds,
        options.Seconds);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Date}, commit {Commit}, {DotNet}, {PostgreSql}, {Processor}, {Cores} cores, {MemoryGib} GiB; median of {Rounds} rounds of {Seconds} s");

    private static string First(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 && output.Length > 0 ? output : "unknown";
    }
}
