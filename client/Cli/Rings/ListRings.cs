using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Rings;

internal static class ListRings
{
    public static Verb Verb(Frame frame)
    {
        var page = new PageOptions();
        return new Verb(frame, "list", "Lists the rings with what signs in each and when that changes.", "tumbler rings list", "tumbler rings list --limit 200 --json")
        {
            page.Limit, page.Cursor,
        }.Does((words, session, stop) => session.Show(
            session.Server.Get(page.PathOf(RingsNoun.Path, words), CliJson.Default.RingPage, stop), Draw));
    }

    private static void Draw(Terminal terminal, Page<RingView> page)
    {
        var table = new Table("ring", "algorithm", "keys", "rotations", "signing kid", "next switch");
        foreach (var ring in page.Items)
        {
            var status = ring.Status;
            table.Row(
                ring.Ring.Value, ring.Policy.Algorithm.ToString(), status.ActiveKeys, status.RotationCount,
                status.SigningKid is { } kid ? kid.ToString() : new Cell("none", Cell.Bad), status.NextTransitionAt);
        }

        terminal.Page(table, page.NextCursor);
    }
}
