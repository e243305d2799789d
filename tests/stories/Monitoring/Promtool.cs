using System.Diagnostics;

namespace Tumbler.Stories.Tests.Monitoring;

/// <summary>Prometheus' own judge of rules, configurations and what is scraped.</summary>
internal static class Promtool
{
    public static async Task<(int Code, string Said)> Run(string[] arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var stop = TestContext.Current.CancellationToken;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.StandardInput.WriteAsync(input.AsMemory(), stop);
        process.StandardInput.Close();
        var texts = await said;
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, string.Concat(texts));
    }
}
