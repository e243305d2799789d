using System.Diagnostics;

namespace Tumbler.Bench.Tests;

/// <summary>The benchmarks as <c>bench/run</c> starts them.</summary>
internal static class BenchProgram
{
    // Where it was built, and not its copy here: it finds the silo from there.
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "../../../../../bench/bin/Release/net10.0/Tumbler.Bench");

    public static async Task<(int Status, string Output, string Errors)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
