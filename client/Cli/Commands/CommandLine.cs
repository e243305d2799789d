using System.CommandLine;
using System.CommandLine.Invocation;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Commands;

/// <summary>From the words of a call to its exit code.</summary>
internal static class CommandLine
{
    // No @file among the arguments: a value that begins with @ is a value.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>After an interrupt, for what a command has started and made; two seconds by default, which a busy machine may take.</summary>
    private static readonly TimeSpan CleansUpWithin = TimeSpan.FromSeconds(10);

    public static async Task<int> Run(CliCall call, CancellationToken stop = default)
    {
        // Whoever types the name alone wants to know what there is.
        var words = TumblerCommand.For(call).Parse(call.Arguments is [] ? ["--help"] : call.Arguments, Parsing);
        if (words.Action is ParseErrorAction)
            return UsageError.Print(call, words);
        try
        {
            return await words.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = call.Output, Error = call.Errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = CleansUpWithin,
                }, stop);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // The edge: whatever nobody expected ends with an exit code and without a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await call.Errors.WriteLineAsync($"tumbler: this is a defect of the program ({e.GetType().Name}): {e.Message}");
            return ExitCode.Defect;
        }
    }
}
