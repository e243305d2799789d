using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Audit;
using static System.FormattableString;

namespace Tumbler.Cli.Audit;

/// <summary><c>tumbler audit export</c>: orders an export, waits for it, and fetches its files.</summary>
internal static class ExportLog
{
    private const string Exports = "/api/v1/admin/audit-logs/exports";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Of(Frame frame)
    {
        var org = new Argument<string?>("org") { Arity = ArgumentArity.ZeroOrOne, Description = "The chain of this organisation; without it the whole log." };
        var to = new Option<string>("--to") { Required = true, HelpName = "folder", Description = "Where the files go: a new folder, or an empty one." };
        var timestamp = new Option<bool>("--timestamp") { Description = "With a time stamp (RFC 3161) by the authority of Audit:TimestampUrl." };
        var id = new Option<Guid?>("--id") { HelpName = "id", Description = "Orders none: waits for this one and fetches it." };
        return new Verb(
            frame, "export", "Makes a signed copy of the audit log and fetches it. It can be verified without the server.",
            "tumbler audit export --to log-2026-q1",
            "tumbler audit export acme --timestamp --to acme-2026-q1")
        {
            org,
            to,
            timestamp,
            id,
        }.Does((words, session, stop) => Export(session, words.GetValue(org), words.GetRequiredValue(to), words.GetValue(timestamp), words.GetValue(id), stop));
    }

    private static async Task<int> Export(Session session, string? org, string to, bool timestamp, Guid? id, CancellationToken stop)
    {
        var terminal = session.Terminal;
        var folder = new ExportFolder(session.Call.PathOf(to));
        if (folder.WhyNot() is { } unusable)
            return terminal.Fail(unusable);
        var asking = id is { } known
            ? session.Server.Get($"{Exports}/{known}", OperationsJson.Default.AuditExport, stop)
            : session.Server.Send(
                HttpMethod.Post, org is null ? "/api/v1/admin/audit-logs/export" : $"/api/v1/admin/audit-logs/{Uri.EscapeDataString(org)}/export",
                new ExportAuditLog(timestamp), OperationsJson.Default.ExportAuditLog, OperationsJson.Default.AuditExport, stop);

        using var progress = new ProgressLine(session.Call);
        if (!(await Completed(session, asking, progress, stop)).TryGet(out var done, out var failure)
            || (failure = await Fetch(session, done.Value, folder, progress, stop)) is not null)
        {
            progress.Clear();
            return terminal.Fail(failure);
        }

        progress.Clear();
        if (terminal.IsJson)
            terminal.Json(done.Body);
        else
            Draw(terminal, done.Value, to);
        return ExitCode.Done;
    }

    private static async Task<Outcome<(AuditExport Value, ReadOnlyMemory<byte> Body)>> Completed(
        Session session, Task<Outcome<Answer<AuditExport>>> asking, ProgressLine progress, CancellationToken stop)
    {
        while (true)
        {
            if (!(await asking.Read()).TryGet(out var answer, out var failure))
                return failure;
            var export = answer.Value;
            if (export.Status == AuditExportStatus.Completed)
                return answer;
            if (export.Status == AuditExportStatus.Failed)
            {
                return new Failure(
                    ExitCode.Refused, $"The server could not make export {export.Id}: {export.Problem ?? "it does not say why"}",
                    "Its log has the rest. A log that does not verify gets no export: tumbler audit verify");
            }

            progress.Show(export.EntriesTotal is { } total
                ? Invariant($"Export {export.Id}: {export.EntriesDone:N0} of {total:N0} entries")
                : $"Export {export.Id} waits for its turn");
            await Task.Delay(Pause, session.Call.Clock, stop);
            asking = session.Server.Get($"{Exports}/{export.Id}", OperationsJson.Default.AuditExport, stop);
        }
    }

    private static async Task<Failure?> Fetch(Session session, AuditExport export, ExportFolder folder, ProgressLine progress, CancellationToken stop)
    {
        if (folder.Make() is { } unmade)
            return unmade;
        foreach (var file in export.Files ?? [])
        {
            if (folder.PathOf(file) is not { } path)
                return new Failure(ExitCode.Defect, $"The server names a file '{file}', which is none of an export.");
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Exports}/{export.Id}/files/{file}");
            var fetching = session.Server.Exchange(
                request, (response, until) => folder.Save(response, path, bytes => progress.Show(Invariant($"{file}: {bytes / 1024:N0} KiB")), until), stop, TimeSpan.FromHours(6));
            if (!(await fetching).TryGet(out var broken, out var failure))
            {
                return failure.Code != ExitCode.Refused || export.Node is null ? failure : failure with
                {
                    Next = $"Only {export.Node} has the files. Ask that process: tumbler audit export --id {export.Id} --to … --server …",
                };
            }

            if (broken.Known is not null)
                return broken.Known;
        }

        return null;
    }

    private static void Draw(Terminal terminal, AuditExport export, string to)
    {
        terminal.Line(Invariant($"{to}: {(export.Org is null ? "the whole log" : $"the chain of {export.Org}")}, {export.EntriesDone} entries up to checkpoint {export.Checkpoint}."));
        if (export.Timestamp == AuditTimestampStatus.Failed)
            terminal.Note($"It has no time stamp: {export.Problem}");
        terminal.Note($"Check it: tumbler audit verify {to} --certificate <the certificate of the log, by another way than this server>");
    }
}
