using System.CommandLine;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Audit;

/// <summary><c>tumbler audit query</c></summary>
internal static class QueryLog
{
    public static Command Of(Frame frame)
    {
        var (filters, page) = (new EntryFilters(), new PageOptions());
        var all = new Option<bool>("--all") { Description = "All of them, page by page; with --json an entry a line." };
        var verb = new Verb(
            frame, "query", "Shows entries of the audit log, newest first.",
            "tumbler audit query",
            "tumbler audit query acme --status FAILURE --from 24h",
            "tumbler audit query --action ROTATE --resource-type SIGNING_KEY --from 2026-01-01 --until 2026-02-01 --all --json")
        {
            page.Limit,
            page.Cursor,
            all,
        };
        filters.AddTo(verb, withTimes: true);
        return verb.Does((words, session, stop) => words.GetValue(all)
            ? EntryPages.PrintAll(session, filters.PathOf(words, session.Call), stop)
            : Page(session, EntryPages.PathOf(
                filters.PathOf(words, session.Call), words.GetValue(page.Limit) ?? PageRequest.DefaultLimit, words.GetValue(page.Cursor)), stop));
    }

    private static Task<int> Page(Session session, string path, CancellationToken stop) =>
        session.Show(session.Server.Get(path, OperationsJson.Default.EntryPage, stop), (terminal, shown) =>
            terminal.Page(EntryTable.Of(shown.Items), shown.NextCursor));
}
