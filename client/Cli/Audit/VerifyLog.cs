using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.ServerPrograms;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Audit;
using static System.FormattableString;

namespace Tumbler.Cli.Audit;

/// <summary><c>tumbler audit verify</c>: the log of a running server, or an export of it without one.</summary>
internal static class VerifyLog
{
    /// <summary>A million entries are half a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    public static Command Of(Frame frame)
    {
        var folder = new Argument<string?>("folder") { Arity = ArgumentArity.ZeroOrOne, Description = "An export's folder; without it the server recomputes its own log." };
        var certificate = new Option<string?>("--certificate")
        {
            HelpName = "pem", Description = "With a folder: the certificate that you trust to sign the log, not from the export itself.",
        };
        var verb = new Verb(
            frame, "verify", "Recomputes the audit log, on the server; or an export of it, offline, without a server and without a secret.",
            "tumbler audit verify",
            "tumbler audit verify export --certificate log.crt")
        {
            folder,
            certificate,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(folder) is { Tokens: [{ Value: not ['-', '-', ..] }] } != result.GetResult(certificate) is { Implicit: false })
                result.AddError("An export's folder and --certificate go together.");
        });
        return verb.Does((words, session, stop) => words.GetValue(folder) is { } export
            ? Offline(session, export, words.GetValue(certificate)!, stop)
            : OnServer(session, stop));
    }

    private static async Task<int> Offline(Session session, string export, string certificate, CancellationToken stop) =>
        (await ServerRun.PassOn(session.Call, ["audit", "verify", export, "--certificate", certificate], stop)).TryGet(out var code, out var failure)
            ? code
            : session.Terminal.Fail(failure);

    private static async Task<int> OnServer(Session session, CancellationToken stop)
    {
        var (terminal, asking) = (session.Terminal, session.Server.Send(
            HttpMethod.Post, "/api/v1/admin/audit-logs/verify", null, OperationsJson.Default.AuditVerdict, stop, Patience));
        using (var progress = new ProgressLine(session.Call))
            await progress.While(asking, elapsed => Invariant($"The server recomputes its log: {elapsed.TotalSeconds:0} s; its own log says how far it is."));
        if (!(await asking.Read()).TryGet(out var answer, out var failure))
            return terminal.Fail(failure);

        var verdict = answer.Value;
        if (terminal.IsJson)
            terminal.Json(answer.Body);
        else if (verdict.Valid)
            terminal.Line(Invariant($"The log verifies: {verdict.Entries} entries of {verdict.Chains} chains, {verdict.Checkpoints} checkpoints."));
        else
            return terminal.Fail(Fault(verdict));
        return verdict.Valid ? ExitCode.Done : ExitCode.No;
    }

    private static Failure Fault(AuditVerdict verdict) => new(
        ExitCode.No,
        verdict.FirstFault is { } fault ? Invariant($"The log does not verify: chain {fault.Chain}, number {fault.Seq}: {fault.Problem}") : "The log does not verify.",
        "Everything behind that place is in doubt. Keep the database as it is, and compare it with exports that are elsewhere: docs/audit.md");
}
