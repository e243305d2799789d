using System.Text.Json;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Audit;

/// <summary>The log page by page, newest first.</summary>
internal static class EntryPages
{
    /// <param name="path">The route with the filters.</param>
    public static string PathOf(string path, int limit, string? cursor)
    {
        var first = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{path}{first}limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
    }

    /// <summary>Entries as the server wrote them, for programs: one a line.</summary>
    public static void PrintLines(Session session, ReadOnlyMemory<byte> page, Predicate<int>? wanted = null)
    {
        using var document = JsonDocument.Parse(page);
        var index = 0;
        foreach (var entry in document.RootElement.GetProperty("items").EnumerateArray())
        {
            if (wanted is null || wanted(index))
                session.Terminal.Json(JsonSerializer.SerializeToUtf8Bytes(entry, OperationsJson.Default.JsonElement));
            index++;
        }
    }

    public static async Task<int> PrintAll(Session session, string path, CancellationToken stop)
    {
        string? cursor = null;
        do
        {
            var asking = session.Server.Get(PathOf(path, PageRequest.MaxLimit, cursor), OperationsJson.Default.EntryPage, stop);
            if (!(await asking.Read()).TryGet(out var answer, out var failure))
            {
                // The limit is a hundred requests a minute; a log of millions takes more.
                if (failure.Code != ExitCode.TryLater)
                    return session.Terminal.Fail(failure);
                session.Terminal.Note($"{failure.Message} Going on in 10 s.");
                await Task.Delay(TimeSpan.FromSeconds(10), session.Call.Clock, stop);
                continue;
            }

            if (session.Terminal.IsJson)
                PrintLines(session, answer.Body);
            else
                session.Terminal.Table(EntryTable.Of(answer.Value.Items));
            cursor = answer.Value.NextCursor;
            if (cursor is null)
                return ExitCode.Done;
        }
        while (true);
    }
}
