using System.Diagnostics;

namespace Tumbler.Cli.Tests.Scripts;

/// <summary>A program that is run to its end.</summary>
internal static class RealProcess
{
    /// <param name="order">Where and with what environment.</param>
    /// <param name="input">What it is given on its standard input.</param>
    public static async Task<Said> Run(ProcessStartInfo order, string input = "")
    {
        (order.RedirectStandardInput, order.RedirectStandardOutput, order.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(order)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Said(process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
