using System.ComponentModel;
using System.Diagnostics;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.ServerPrograms;

/// <summary>Runs one of the server program's commands in the place of this one.</summary>
internal static class ServerRun
{
    /// <summary>An interrupt from the keyboard reaches both; what does not end by itself is ended before this program is.</summary>
    private static readonly TimeSpan EndsBy = TimeSpan.FromSeconds(1.5);

    /// <summary>With its output and its errors where this program's go.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<Outcome<int>> PassOn(CliCall call, IEnumerable<string> arguments, CancellationToken stop)
    {
        // Handed over where they are the process's own, so that it sees a terminal where there is one.
        var (output, errors) = (ReferenceEquals(call.Output, Console.Out) ? null : call.Output, ReferenceEquals(call.Errors, Console.Error) ? null : call.Errors);
        return await Run(call, arguments, output, errors, stop);
    }

    /// <returns>Its exit code and what it said.</returns>
    public static async Task<Outcome<ServerWord>> Ask(CliCall call, IEnumerable<string> arguments, CancellationToken stop)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await Run(call, arguments, output, errors, stop)).TryGet(out var code, out var failure)
            ? new ServerWord(code, output.ToString(), errors.ToString())
            : failure;
    }

    private static async Task<Outcome<int>> Run(CliCall call, IEnumerable<string> arguments, TextWriter? output, TextWriter? errors, CancellationToken stop)
    {
        if (!ServerProgram.Find(call, AppContext.BaseDirectory).TryGet(out var program, out var failure))
            return failure;
        var start = program.Start(call, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (output is not null, errors is not null);
        try
        {
            using var process = Process.Start(start)!;
            var copying = Task.WhenAll(
                output is null ? Task.CompletedTask : Copy(process.StandardOutput, output),
                errors is null ? Task.CompletedTask : Copy(process.StandardError, errors));
            await End(process, call.Clock, stop);
            await copying;
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            return new Failure(ExitCode.NoInput, $"{program.Words[0]} can't be started: {e.Message}", $"Install .NET 10, or set {ServerProgram.Variable}.");
        }
    }

    private static async Task End(Process process, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            using var late = new CancellationTokenSource(EndsBy, clock);
            try
            {
                await process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }

            throw;
        }
    }

    private static async Task Copy(StreamReader from, TextWriter to) => await to.WriteAsync(await from.ReadToEndAsync());
}
