using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Audit;

/// <summary><c>tumbler audit watch</c>: shows entries as they come, oldest first, until it is interrupted.</summary>
internal static class WatchLog
{
    /// <summary>Half of what the limit of a hundred requests a minute lets through.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1200);

    /// <summary>What a server that is away is given.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(5);

    public static Command Of(Frame frame)
    {
        var filters = new EntryFilters();
        var last = new Option<int>("--last") { HelpName = "n", Description = "Begins with the last so many, at most 200; none by default." };
        var count = new Option<int?>("--count") { HelpName = "n", Description = "Ends after so many." };
        last.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var n) && n is < 0 or > PageRequest.MaxLimit)
                result.AddError($"--last must be 0 to {PageRequest.MaxLimit}.");
        });
        var verb = new Verb(
            frame, "watch", "Shows entries of the audit log as they come, until it is interrupted.",
            "tumbler audit watch",
            "tumbler audit watch acme --last 10",
            "tumbler audit watch --status FAILURE --json")
        {
            last,
            count,
        };
        filters.AddTo(verb, withTimes: false);
        return verb.Does((words, session, stop) => Watch(
            session, filters.PathOf(words, session.Call), words.GetValue(last), words.GetValue(count) ?? int.MaxValue, stop));
    }

    private static async Task<int> Watch(Session session, string path, int last, int count, CancellationToken stop)
    {
        var (seen, first) = (new SeenEntries(), true);
        while (true)
        {
            var fresh = new List<(ReadOnlyMemory<byte> Page, int Index, ShownEntry Entry)>();
            var failure = await Gather(session, path, seen, fresh, first, stop);
            if (failure is not null)
            {
                // Whoever watches wants to see what comes when the server is back; who never got an answer has mistyped something.
                if (first || failure.Code is not (ExitCode.Unavailable or ExitCode.TryLater or ExitCode.Defect))
                    return session.Terminal.Fail(failure);
                session.Terminal.Note($"{failure.Message} Asking again in {LongPause.TotalSeconds} s.");
            }

            foreach (var (page, index, entry) in (first ? fresh.Take(last) : fresh).Reverse())
            {
                if (session.Terminal.IsJson)
                    EntryPages.PrintLines(session, page, at => at == index);
                else
                    session.Terminal.Line(EntryTable.Line(entry));
                if (--count == 0)
                    return ExitCode.Done;
            }

            if (first)
                session.Terminal.Note("Watching. Ctrl+C ends it.");
            first = false;
            await session.Terminal.Output.FlushAsync(stop);
            await Task.Delay(failure is null ? Pause : LongPause, session.Call.Clock, stop);
        }
    }

    /// <summary>Page after page until one holds something known: between two questions more may have come than fit on one.</summary>
    /// <param name="fresh">Gets what is new, newest first.</param>
    private static async Task<Failure?> Gather(
        Session session, string path, SeenEntries seen, List<(ReadOnlyMemory<byte>, int, ShownEntry)> fresh, bool onlyFirst, CancellationToken stop)
    {
        string? cursor = null;
        do
        {
            var asking = session.Server.Get(EntryPages.PathOf(path, PageRequest.MaxLimit, cursor), OperationsJson.Default.EntryPage, stop);
            if (!(await asking.Read()).TryGet(out var answer, out var failure))
                return failure;
            var known = false;
            for (var i = 0; i < answer.Value.Items.Count; i++)
            {
                if (seen.Add(answer.Value.Items[i]))
                    fresh.Add((answer.Body, i, answer.Value.Items[i]));
                else
                    known = true;
            }

            cursor = known || onlyFirst ? null : answer.Value.NextCursor;
        }
        while (cursor is not null);
        return null;
    }
}
