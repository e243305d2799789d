using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Protection;
using static System.FormattableString;

namespace Tumbler.Cli.Protection;

/// <summary><c>tumbler protection rewrap</c></summary>
internal static class RewrapKeys
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>To know how far it is the server reads every ring: it should do so for a small part of the time only.</summary>
    private const int PausesPerLook = 5;

    public static Command Of(Frame frame) => new Verb(
        frame, "rewrap", "Encrypts every stored private key for the certificates of now, where it is not. May be repeated.", "tumbler protection rewrap")
        .Does((_, session, stop) => Rewrap(session, stop));

    private static async Task<int> Rewrap(Session session, CancellationToken stop)
    {
        var terminal = session.Terminal;
        var rewrapping = session.Server.Send(
            HttpMethod.Post, $"{ShowProtection.Path}/rewrap", null, OperationsJson.Default.RewrapAnswer, stop, Patience);
        using (var progress = new ProgressLine(session.Call))
        {
            if (session.Call.Screen.ErrorsAreTerminal)
                await ShowProgress(session, rewrapping, progress, stop);
        }

        if (!(await rewrapping.Read()).TryGet(out var answer, out var failure))
            return terminal.Fail(failure);
        if (terminal.IsJson)
            terminal.Json(answer.Body);
        else
            Draw(terminal, answer.Value);
        return answer.Value.FailedTotal == 0 ? ExitCode.Done : ExitCode.No;
    }

    private static async Task ShowProgress(Session session, Task<Outcome<Answer<RewrapAnswer>>> rewrapping, ProgressLine progress, CancellationToken stop)
    {
        var clock = session.Call.Clock;
        var pause = ShortestPause;
        progress.Show("The stored private keys are encrypted anew…");
        while (await Task.WhenAny(rewrapping, Task.Delay(pause, clock, stop)) != rewrapping)
        {
            var start = clock.GetTimestamp();
            if ((await session.Server.Get(ShowProtection.Path, OperationsJson.Default.ProtectionView, stop).Read()).TryGet(out var now, out _))
                progress.Show(Invariant($"{now.Value.Keys - now.Value.OutdatedKeys:N0} of {now.Value.Keys:N0} private keys are encrypted for the certificates of now"));
            pause = clock.GetElapsedTime(start) * PausesPerLook;
            pause = pause < ShortestPause ? ShortestPause : pause;
        }
    }

    private static void Draw(Terminal terminal, RewrapAnswer answer)
    {
        terminal.Line(Invariant(
            $"{answer.Rewrapped} private keys are encrypted anew, {answer.AlreadyCurrent} were current, {answer.FailedTotal} could not be; {answer.Rings} rings were looked through."));
        foreach (var failure in answer.Failed)
            terminal.Note($"Ring {failure.Ring}, key {failure.Kid}: {failure.Reason}");
        if (answer.FailedTotal > 0)
            terminal.Note("They are as they were, and the certificates that they need stay needed: docs/protection.md");
    }
}
