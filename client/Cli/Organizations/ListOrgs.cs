using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Cli.Organizations;

internal static class ListOrgs
{
    public static Verb Verb(Frame frame)
    {
        var page = new PageOptions();
        return new Verb(frame, "list", "Lists the organisations.", "tumbler orgs list", "tumbler orgs list --limit 200 --json")
        {
            page.Limit, page.Cursor,
        }.Does((words, session, stop) => session.Show(
            session.Server.Get(page.PathOf(OrgsNoun.Path, words), CliJson.Default.OrganizationPage, stop), Draw));
    }

    private static void Draw(Terminal terminal, Page<OrganizationView> page)
    {
        var table = new Table("slug", "name", "email", "status", "keys", "created at");
        foreach (var org in page.Items)
            table.Row(org.Slug.Value, org.Name, org.Email, OrgFacts.StatusOf(org), org.ApiKeys, org.CreatedAt);
        terminal.Page(table, page.NextCursor);
    }
}
