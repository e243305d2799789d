using System.CommandLine;
using System.CommandLine.Invocation;

namespace Tumbler.Cli.Commands;

internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"tumbler {typeof(PrintVersion).Assembly.GetName().Version!.ToString(3)}");
        return 0;
    }
}
