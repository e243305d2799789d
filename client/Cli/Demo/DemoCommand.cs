using System.CommandLine;
using System.Runtime.InteropServices;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.ServerPrograms;
using Tumbler.Cli.Terminals;

namespace Tumbler.Cli.Demo;

/// <summary>Everything in a minute, on this machine, with a server of its own.</summary>
internal static class DemoCommand
{
    private const int LeastHours = 24;
    private const int MostHours = 168;
    private const double LeastRate = 60;

    public static Verb Verb(Frame frame)
    {
        var hours = new Option<int>("--hours")
        {
            HelpName = "n", DefaultValueFactory = _ => DemoPlan.DefaultHours, Description = $"How many hours of rotation are shown, {LeastHours} to {MostHours}.",
        };
        var rate = new Option<double>("--rate")
        {
            HelpName = "n", DefaultValueFactory = _ => DemoPlan.DefaultRate, Description = $"How many times faster than usual they pass, {LeastRate} to {DemoPlan.MaxRate}.",
        };
        hours.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value is < LeastHours or > MostHours)
                result.AddError($"--hours must be {LeastHours} to {MostHours}.");
        });
        rate.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, out var value) && value is not (>= LeastRate and <= DemoPlan.MaxRate))
                result.AddError($"--rate must be {LeastRate} to {DemoPlan.MaxRate}.");
        });
        return new Verb(
            frame, "demo", "Shows three days of key rotation in a minute, with a server of its own that leaves nothing behind.",
            "tumbler demo", "tumbler demo --hours 24 --rate 3600", "tumbler demo --json")
        {
            hours, rate,
        }.Does((words, session, stop) => Run(new DemoPlan(words.GetValue(hours), words.GetValue(rate)), session, stop));
    }

    private static async Task<int> Run(DemoPlan plan, Session session, CancellationToken stop)
    {
        var (call, terminal) = (session.Call, session.Terminal);
        if (!ServerProgram.Find(call, AppContext.BaseDirectory).TryGet(out var program, out var failure))
            return terminal.Fail(failure);

        // A terminal that is closed is an interrupt, too: the server must not outlive it.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ended.Cancel();
        });
        var run = new DemoRun(plan, call, program, ReportFor(call, terminal));
        return (await run.Play(ended.Token)).TryGet(out var proof, out failure)
            ? proof.Proved ? ExitCode.Done : ExitCode.No
            : terminal.Fail(failure);
    }

    private static IDemoReport ReportFor(CliCall call, Terminal terminal) =>
        terminal.IsJson ? new JsonReport(call.Output)
        : call.Screen.OutputIsTerminal && call.Variable("TERM") is not "dumb" ? new LiveReport(call.Output, terminal.Width, terminal.HasColor, call.Clock)
        : new PlainReport(call.Output);
}
